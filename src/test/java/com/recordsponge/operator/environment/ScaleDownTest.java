package com.recordsponge.operator.environment;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.dev.DevObjects;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Suspending depends on no object that the API server can refuse. A mock server shows the requests. */
@EnableKubernetesMockClient
class ScaleDownTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/recordsponge/deployments/";

    KubernetesMockServer server;
    KubernetesClient client;

    private static EnvironmentFixture running() {
        return environment()
                .with("replicas", "2")
                .owns(WorkloadObjects.of(environment().with("replicas", "2").plan()));
    }

    private List<Blocker> scaleDown(EnvironmentFixture site) {
        return new ScaleDown(client, "operator").apply(site.build(), site.plan(), site.owned());
    }

    private void answer(String deployment, int code, Object body) {
        server.expect()
                .patch()
                .withPath(DEPLOYMENTS + deployment + "?fieldManager=operator")
                .andReturn(code, body)
                .once();
    }

    @Test
    void aSuspendedSiteLosesItsPodsAndNothingElse() throws InterruptedException {
        var site = running().with("suspend", "true");
        answer("staging", 200, WorkloadObjects.deployment(site.plan()));
        assertThat(scaleDown(site)).isEmpty();
        var request = server.takeRequest();
        assertThat(request.getHeader("Content-Type")).startsWith("application/merge-patch+json");
        assertThat(request.getUtf8Body()).isEqualTo("{\"spec\":{\"replicas\":0}}");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void soDoesADevelopersEnvironment() throws InterruptedException {
        var plan = environment().development().plan();
        var site = environment()
                .development()
                .with("suspend", "true")
                .owns(WorkloadObjects.of(plan))
                .owns(DevObjects.of(plan));
        var deployments = List.of("staging", "staging-frontend", "staging-postgres");
        deployments.forEach(name -> answer(name, 200, WorkloadObjects.deployment(site.plan())));
        assertThat(scaleDown(site)).isEmpty();
        var paths = new ArrayList<String>();
        for (var each = server.getRequestCount(); each > 0; each--) {
            paths.add(server.takeRequest().getPath());
        }
        assertThat(paths)
                .containsExactlyInAnyOrderElementsOf(deployments.stream()
                        .map(name -> DEPLOYMENTS + name + "?fieldManager=operator")
                        .toList());
    }

    static Stream<Arguments> left() {
        return Stream.of(
                left("not suspended", site -> site),
                left("an unknown value", site -> site.with("suspend", "true").with("tier", "future")));
    }

    private static Arguments left(String what, UnaryOperator<EnvironmentFixture> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("left")
    void otherSitesKeepTheirPods(String what, UnaryOperator<EnvironmentFixture> change) {
        assertThat(scaleDown(change.apply(running()))).isEmpty();
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aSiteWithoutPodsIsNotScaledAgain() {
        var suspended = environment().with("suspend", "true");
        assertThat(scaleDown(suspended.owns(WorkloadObjects.of(suspended.plan()))))
                .isEmpty();
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aDeploymentOfSomebodyElseIsLeft() {
        var suspended = environment().with("suspend", "true");
        assertThat(scaleDown(suspended.finds(WorkloadObjects.of(environment().plan()))))
                .isEmpty();
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aRefusalIsReported() {
        answer(
                "staging",
                403,
                new StatusBuilder().withCode(403).withMessage("not at night").build());
        assertThat(scaleDown(running().with("suspend", "true")))
                .containsExactly(
                        new Blocker(Component.WORKLOAD, Reason.APPLY_FAILED, "The API server refused: not at night"));
    }
}
