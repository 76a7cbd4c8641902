package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.runtime.Settings;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks by the OCI distribution's protocol: one HEAD request for the manifest, where the nodes pull. Everything that an image
 * needs is done within one deadline.
 */
@Singleton
class DistributionClient implements RegistryClient {

    private final HttpTransport transport;
    private final Registries registries;
    private final Clock clock;
    private final Duration timeout;
    private final RegistryAuthorizations authorizations;

    @Inject
    DistributionClient(Vertx vertx, Clock clock, Settings settings) throws IOException {
        this(
                new VertxTransport(vertx),
                Registries.of(settings.images().registries()),
                clock,
                settings.images().timeout());
    }

    DistributionClient(HttpTransport transport, Registries registries, Clock clock, Duration timeout) {
        this.transport = transport;
        this.registries = registries;
        this.clock = clock;
        this.timeout = timeout;
        this.authorizations = new RegistryAuthorizations(clock);
    }

    @Override
    public Reply ask(Question question, Optional<Reply> last) {
        try (var deadline = new Deadline(timeout)) {
            return ask(question, last, deadline);
        }
    }

    private Reply ask(Question question, Optional<Reply> last, Deadline deadline) {
        Optional<Reply> failure = Optional.empty();
        for (var endpoint : registries.endpoints(question.image().registry())) {
            var reply = ask(endpoint, question, last, deadline);
            if (reply.answer().digest().isPresent()) {
                return reply;
            }
            failure = Optional.of(failure.filter(DistributionClient::tellsMore).orElse(reply));
        }
        return failure.orElseThrow();
    }

    /** Whether a registry answered: a person learns more from that than from an address that is silent. */
    private static boolean tellsMore(Reply failure) {
        return failure.answer().reason() != Reason.REGISTRY_UNREACHABLE;
    }

    private Reply ask(Registries.Endpoint endpoint, Question question, Optional<Reply> last, Deadline deadline) {
        var image = question.image();
        var credential = endpoint.credential(question.credential());
        var connection = new RegistryConnection(transport, registries, endpoint, deadline);
        var key = new RegistryAuthorizations.Key(endpoint.base(), endpoint.repository(image.repository()), credential);
        var login = new RegistryLogin(connection, authorizations, key, clock);
        try {
            return new ManifestLookup(connection, endpoint, login, image, clock).find(last);
        } catch (RegistryException e) {
            return e.reply(endpoint.base().getAuthority());
        }
    }
}
