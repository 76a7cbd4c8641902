package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.PodFailureCause;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the scheduler, the kubelet and containerd really say when pods do not start, and what the status makes of it. */
class PodFailureClusterTest extends ClusterTest {

    private static final String IMAGE = "recordsponge/expungeservice:staging";

    /** A spec whose pods fail, and why. */
    private enum Failure {
        UNKNOWN_REGISTRY("registry.invalid/expungeservice:staging", "", PodFailureCause.NO_SUCH_HOST),
        NO_REGISTRY("127.0.0.1:9/expungeservice:staging", "", PodFailureCause.REGISTRY_REFUSES),
        UNKNOWN_TAG("127.0.0.1:5000/recordsponge/expungeservice:no-such-tag", "", PodFailureCause.MANIFEST_NOT_FOUND),
        LITTLE_MEMORY(
                IMAGE, "resources: {requests: {memory: 8Mi}, limits: {memory: 8Mi}}", PodFailureCause.OUT_OF_MEMORY),
        MUCH_MEMORY(IMAGE, "resources: {requests: {memory: 1Ti}}", PodFailureCause.CPU_OR_MEMORY),
        CRASH(IMAGE, "env: [{name: LOG_LEVEL, value: no-such-level}]", PodFailureCause.CRASH);

        private final String image;
        private final String further;
        private final PodFailureCause cause;

        Failure(String image, String further, PodFailureCause cause) {
            this.image = image;
            this.further = further;
            this.cause = cause;
        }

        private String environment() {
            return name().toLowerCase().replace('_', '-');
        }
    }

    @BeforeAll
    void applyAll() {
        Arrays.stream(Failure.values()).forEach(failure -> {
            var environment = environment(failure.environment());
            environment.apply("""
                tier: staging
                image: %s
                host: %s
                """.formatted(failure.image, environment.host()) + failure.further);
        });
    }

    @ParameterizedTest
    @EnumSource
    void theConditionNamesPodCauseAndRemedy(Failure failure) {
        var environment = new TestEnvironment(cluster, failure.environment() + "-" + TestCluster.RUN);
        eventually(() -> {
            var condition = environment.condition("WorkloadAvailable").orElseThrow();
            assertThat(condition.getReason())
                    .isEqualTo(failure.cause.source().reason().toString());
            var pods = environment.pods().stream().map(HasMetadata::getMetadata).toList();
            assertThat(pods).anySatisfy(pod -> assertThat(condition.getMessage())
                    .contains("Pod " + pod.getName(), failure.cause.remedy().replace("POD", pod.getName())));
        });
    }
}
