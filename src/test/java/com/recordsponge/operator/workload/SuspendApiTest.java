package com.recordsponge.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who restores a dump waits for Suspended: until then a pod can write to the database. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class SuspendApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: suspend.example.org
      """;

    @BeforeEach
    void runASite() {
        apply("site", SPEC);
        rollOut("site");
        admit("site");
        awaitCondition("site", "Ready", "True", "Running");
        client().resource(podOf("site")).create();
    }

    @Test
    void itIsSuspendedWhenItsLastPodIsGone() {
        apply("site", SPEC + "suspend: true\n");
        scaleToZero("site");
        eventually(() -> assertThat(condition("site", "Suspended"))
                .hasValueSatisfying(suspended ->
                        assertThat(suspended.getMessage()).contains("pod site-pod is still finishing its requests")));
        awaitCondition("site", "Suspended", "False", "Suspending");
        awaitCondition("site", "Ready", "False", "Suspending");
        awaitCondition("site", "Reconciling", "True", "Suspending");
        child(Pod.class, "site-pod").withGracePeriod(0).delete();
        awaitCondition("site", "Suspended", "True", "Suspended");
        awaitCondition("site", "Reconciling", "False", "Suspended");
    }

    @Test
    void anAnnotationSuspendsAsTheSpecDoes() {
        annotate("site", "recordsponge.com/suspend", "true");
        scaleToZero("site");
        child(Pod.class, "site-pod").withGracePeriod(0).delete();
        var condition = awaitCondition("site", "Suspended", "True", "Suspended");
        assertThat(condition.getMessage()).startsWith("Annotation recordsponge.com/suspend is true");

        annotate("site", "recordsponge.com/suspend", "false");
        eventually(
                () -> assertThat(child(Deployment.class, "site").get().getSpec().getReplicas())
                        .isEqualTo(1));
        rollOut("site");
        awaitCondition("site", "Suspended", "False", "NotSuspended");
        awaitCondition("site", "Ready", "True", "Running");
    }

    @Test
    void aNewRestartAnnotationReplacesThePods() {
        for (var value : List.of("once", "twice")) {
            annotate("site", "recordsponge.com/restart", value);
            eventually(() -> assertThat(template("site").getMetadata().getAnnotations())
                    .containsEntry("recordsponge.com/restart", value));
        }
    }

    @Test
    void withoutReplicasNoSiteAnswers() {
        apply("site", SPEC + "replicas: 0\n");
        scaleToZero("site");
        awaitCondition("site", "Ready", "False", "RollingOut");
        child(Pod.class, "site-pod").withGracePeriod(0).delete();
        awaitCondition("site", "Ready", "False", "ScaledToZero");
        awaitCondition("site", "WorkloadAvailable", "False", "ScaledToZero");
        awaitCondition("site", "Reconciling", "False", "ScaledToZero");
    }
}
