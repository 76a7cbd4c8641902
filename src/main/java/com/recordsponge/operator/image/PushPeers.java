package com.recordsponge.operator.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.registry.HttpTransport;
import com.recordsponge.operator.registry.Registries;
import com.recordsponge.operator.registry.VertxTransport;
import com.recordsponge.operator.runtime.Settings;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The other replicas of the operator, by the DNS name that has all their addresses. */
@Singleton
class PushPeers {

    private static final Logger LOG = Logger.getLogger(PushPeers.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int LARGEST_ANSWER = 1024;

    private final HttpTransport transport;
    private final Settings.Images settings;

    @Inject
    PushPeers(Vertx vertx, Settings settings) {
        this(new VertxTransport(vertx), settings.images());
    }

    PushPeers(HttpTransport transport, Settings.Images settings) {
        this.transport = transport;
        this.settings = settings;
    }

    /** Sends a notification to all of them; only the one that asks registries does something. */
    void passOn(byte[] body) {
        settings.pushPeers().ifPresent(peers -> {
            var uri = URI.create(peers).resolve(PushEndpoint.PATH + "/");
            addresses(uri.getHost()).forEach(address -> send(uri, address, body));
        });
    }

    private static List<InetAddress> addresses(String name) {
        try {
            return Arrays.asList(InetAddress.getAllByName(name));
        } catch (IOException e) {
            LOG.warnf("Cannot find the other replicas: %s", e.getMessage());
            return List.of();
        }
    }

    private void send(URI uri, InetAddress address, byte[] body) {
        var headers = Map.of(
                "Authorization",
                "Bearer " + settings.pushSecret().orElseThrow(),
                "Content-Type",
                "application/json",
                PushEndpoint.PASSED_ON,
                "true");
        var request = new HttpTransport.Request(
                "POST", uri, headers, Optional.of(new String(body, UTF_8)), LARGEST_ANSWER, Registries.Trust.DEFAULT);
        try (var deadline = new Deadline(TIMEOUT)) {
            transport.send(request, List.of(address), deadline);
        } catch (IOException e) {
            LOG.debugf("Replica %s did not take a notification: %s", address.getHostAddress(), e.getMessage());
        }
    }
}
