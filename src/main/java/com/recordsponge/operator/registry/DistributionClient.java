package com.recordsponge.operator.registry;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.runtime.Settings;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Asks by the OCI distribution's protocol: one HEAD request for the manifest, where the nodes pull. Everything that an image
 * needs is done within one deadline, of which each place that is asked has its share.
 */
@Singleton
public class DistributionClient implements RegistryClient {

    private final HttpTransport transport;
    private final Registries registries;
    private final Clock clock;
    private final Duration timeout;
    private final RegistryAuthorizations authorizations;
    private final QuietTimes quietTimes;
    private final AcceptedCredentials accepted = new AcceptedCredentials();

    @Inject
    DistributionClient(Vertx vertx, Clock clock, Settings settings) throws IOException {
        this(
                new VertxTransport(vertx),
                Registries.of(settings.images().registries()),
                clock,
                settings.images().timeout());
    }

    public DistributionClient(HttpTransport transport, Registries registries, Clock clock, Duration timeout) {
        this.transport = transport;
        this.registries = registries;
        this.clock = clock;
        this.timeout = timeout;
        this.authorizations = new RegistryAuthorizations(clock);
        this.quietTimes = new QuietTimes(clock);
    }

    @Override
    public RegistryReply ask(DigestQuery question, Optional<RegistryReply> last) {
        try (var deadline = new Deadline(timeout)) {
            return ask(question, last, deadline);
        }
    }

    private RegistryReply ask(DigestQuery question, Optional<RegistryReply> last, Deadline deadline) {
        var endpoints = registries.endpoints(question.image().registry());
        var failures = new ArrayList<RegistryReply>();
        for (var endpoint : endpoints) {
            var share = deadline.left().dividedBy(endpoints.size() - failures.size());
            try (var end = new Deadline(share)) {
                var reply = ask(endpoint, question, last, end);
                if (reply.answer().digest().isPresent()) {
                    return reply;
                }
                failures.add(reply);
            }
        }
        return RegistryReply.ofAll(failures);
    }

    private RegistryReply ask(
            RegistryEndpoint endpoint, DigestQuery question, Optional<RegistryReply> last, Deadline deadline) {
        var host = endpoint.base().getAuthority();
        var quiet = quietTimes.end(host);
        if (quiet.isPresent()) {
            return leftAlone(quiet.get()).reply(endpoint.name());
        }
        try {
            return find(endpoint, question, last, deadline);
        } catch (RegistryException e) {
            e.quietTime().ifPresent(time -> quietTimes.begin(host, time));
            return e.reply(endpoint.name());
        }
    }

    private RegistryException leftAlone(Instant end) {
        return new RegistryException(
                Reason.REGISTRY_LIMIT,
                "wants to be left alone until %s. The operator asks then."
                        .formatted(end.truncatedTo(ChronoUnit.SECONDS)),
                Optional.of(Duration.between(clock.instant(), end)));
    }

    /** As the kubelet does, shows the next credential where one is refused, or does not show the image. */
    private RegistryReply find(
            RegistryEndpoint endpoint, DigestQuery question, Optional<RegistryReply> last, Deadline deadline)
            throws RegistryException {
        var candidates = new AcceptedCredentials.Key(
                endpoint.base(),
                endpoint.repository(question.image().repository()),
                endpoint.credentials(question.credentials()));
        RegistryException refusal = null;
        for (var credential : accepted.inOrder(candidates)) {
            try {
                var reply = find(endpoint, question.image(), credential, last, deadline);
                accepted.accept(candidates, credential);
                return reply;
            } catch (RegistryException e) {
                if (e.reason() != Reason.REGISTRY_UNAUTHORIZED && e.reason() != Reason.MANIFEST_NOT_FOUND) {
                    throw e;
                }
                // A registry that does not find the image has accepted the credential.
                refusal = refusal == null || e.reason() == Reason.MANIFEST_NOT_FOUND ? e : refusal;
            }
        }
        throw refusal;
    }

    private RegistryReply find(
            RegistryEndpoint endpoint,
            ImageReference image,
            Credential credential,
            Optional<RegistryReply> last,
            Deadline deadline)
            throws RegistryException {
        var connection = new RegistryConnection(transport, registries, endpoint, deadline);
        var key = new RegistryAuthorizations.Key(endpoint.base(), endpoint.repository(image.repository()), credential);
        var login = new RegistryLogin(connection, authorizations, endpoint, key, clock);
        return new ManifestLookup(connection, endpoint, login, image, clock).find(last);
    }
}
