package com.recordsponge.operator.route;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sticky cookie, which sends a session to the pod that holds it. */
class ServicesTest {

    private static final String COOKIE = "traefik.ingress.kubernetes.io/service.sticky.cookie";

    private static Map<String, String> annotations(EnvironmentFixture environment) {
        return Services.service(environment.plan()).getMetadata().getAnnotations();
    }

    @Test
    void aCookieBindsASessionToItsPod() {
        assertThat(annotations(environment().with("replicas", "2"))).containsEntry(COOKIE, "true");
    }

    /** Traefik sends a request with the cookie to its pod even if that pod has just stopped. */
    @Test
    void sharedSessionsAreNotBoundToAPod() {
        assertThat(annotations(environment())).doesNotContainKey(COOKIE);
        assertThat(annotations(environment().with("replicas", "2").with("sessions", "{storage: 1Gi}")))
                .doesNotContainKey(COOKIE);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("sessions on a volume", (UnaryOperator<EnvironmentFixture>)
                        site -> site.with("replicas", "2").with("sessions", "{storage: 1Gi}")),
                Arguments.of("one replica", (UnaryOperator<EnvironmentFixture>) site -> site.with("replicas", "1")));
    }

    /** The new pods cannot start, or the change waits: those that serve have not changed. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void theCookieRemainsWhilePodsWithSessionsOfTheirOwnServe(String what, UnaryOperator<EnvironmentFixture> change) {
        assertThat(annotations(change.apply(served("2", "1", "2")))).containsEntry(COOKIE, "true");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void theCookieEndsWithThem(String what, UnaryOperator<EnvironmentFixture> change) {
        assertThat(annotations(change.apply(served("2", "1")))).doesNotContainKey(COOKIE);
    }

    @Test
    void anOldPodKeepsItsVisitorsUntilItsSessionsAreShared() {
        var shared = environment().with("replicas", "2").with("sessions", "{storage: 1Gi}");
        var site = served("2", "1").finds(List.of(pod(shared, "2"))).with("sessions", "{storage: 1Gi}");
        assertThat(annotations(site)).containsEntry(COOKIE, "true");
    }

    /** It would send requests to the old pod while that stops. */
    @Test
    void aRolloutOfOnePodSetsNoCookie() {
        assertThat(annotations(served("1", "1", "2"))).doesNotContainKey(COOKIE);
    }

    /** A site with the Service of that many replicas, and its pods. */
    private static EnvironmentFixture served(String replicas, String... pods) {
        var site = environment().with("replicas", replicas);
        return site.owns(List.of(Services.service(site.plan())))
                .finds(Stream.of(pods).map(name -> pod(environment(), name)).toList());
    }

    private static Pod pod(EnvironmentFixture site, String name) {
        var template = WorkloadObjects.deployment(site.plan()).getSpec().getTemplate();
        return new PodBuilder()
                .withMetadata(template.getMetadata())
                .editOrNewMetadata()
                .withName("staging-abc-" + name)
                .addToLabels(DeploymentPods.TEMPLATE_HASH, "abc")
                .addNewOwnerReference()
                .withKind("ReplicaSet")
                .withName("staging-abc")
                .endOwnerReference()
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    /** Over plain HTTP, browsers ignore a secure cookie, so requests would reach pods without the session. */
    @Test
    void theCookieIsSecureOnlyOverHttps() {
        var twoPods = environment().with("replicas", "2");
        assertThat(annotations(twoPods)).containsEntry(COOKIE + ".secure", "false");
        assertThat(annotations(twoPods.withTls())).containsEntry(COOKIE + ".secure", "true");
    }
}
