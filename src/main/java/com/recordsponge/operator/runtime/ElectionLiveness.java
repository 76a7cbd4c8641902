package com.recordsponge.operator.runtime;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;

/**
 * Liveness: fails when a replica no longer asks for the Lease. fabric8's leader election ends at an exception that it does not
 * expect, such as one about a Lease without a duration; the replica would stand by for ever.
 */
@Liveness
@Singleton
class ElectionLiveness implements HealthCheck, Interceptor {

    static final String NAME = "election-liveness";

    private static final Logger LOG = Logger.getLogger(ElectionLiveness.class);

    private final Clock clock;
    private final Duration stuckAfter;
    private final String lease;
    private volatile Optional<Instant> asked = Optional.empty();

    ElectionLiveness(Clock clock, Settings settings) {
        this.clock = clock;
        this.stuckAfter = settings.stuckAfter();
        this.lease = settings.leaderElection().lease();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (request.uri().getPath().endsWith("/leases/" + lease)) {
            asked = Optional.of(clock.instant());
        }
    }

    @Override
    public HealthCheckResponse call() {
        var ended = asked.filter(last -> last.plus(stuckAfter).isBefore(clock.instant()));
        ended.ifPresent(last -> LOG.errorf(
                "The operator must be restarted: it has not asked for its Lease %s since %s. If somebody edited the Lease, delete it.",
                lease, last));
        return HealthCheckResponse.named("election").status(ended.isEmpty()).build();
    }
}
