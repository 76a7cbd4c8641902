package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.DefaultSettings;
import com.recordsponge.operator.support.MutableClock;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** The kubelet restarts a replica that no longer asks for the Lease. */
class ElectionLivenessTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String LEASES = "https://api/apis/coordination.k8s.io/v1/namespaces/system/leases/";
    private static final String LEASE = LEASES + "recordsponge-operator";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-26T12:00:00Z"));
    private final ElectionLiveness liveness = new ElectionLiveness(clock, new DefaultSettings());

    private void request(String url) {
        var builder = new StandardHttpRequest.Builder().uri(url);
        liveness.before(builder, builder.build(), null);
    }

    private Status probeStatus() {
        return liveness.call().getStatus();
    }

    @Test
    void anOperatorWithoutElectionPassesTheProbe() {
        request("https://api/api/v1/secrets");
        clock.pass(LIMIT.multipliedBy(10));
        assertThat(probeStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aReplicaThatAsksPassesTheProbe() {
        for (var time = 0; time < 3; time++) {
            request(LEASE);
            clock.pass(LIMIT);
            assertThat(probeStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void aReplicaThatNoLongerAsksFailsTheProbe() {
        request(LEASE);
        clock.pass(LIMIT.plusSeconds(1));
        request(LEASES + "another");
        assertThat(probeStatus()).isEqualTo(Status.DOWN);
    }
}
