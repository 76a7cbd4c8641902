package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.probe.ProbeResult;
import com.recordsponge.operator.probe.SiteRequest;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the route reports once the ingress controller serves it. */
class RouteAnswerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** With a route that the ingress controller serves, and its objects. */
    private static EnvironmentFixture served(EnvironmentFixture site) {
        return site.owns(UserSecrets.secrets(site.plan())).owns(Middlewares.middlewares(site.plan()));
    }

    private static HasMetadata[] objects(EnvironmentFixture site, HasMetadata... more) {
        var plan = site.plan();
        var objects = new ArrayList<HasMetadata>(List.of(more));
        Ingresses.ingresses(plan, plan.get(RoutePlan.class).wanted()).stream()
                .map(ControllerWrites::admitted)
                .forEach(objects::add);
        WorkloadObjects.of(plan).stream()
                .filter(Deployment.class::isInstance)
                .map(object -> ControllerWrites.rolledOut((Deployment) object))
                .forEach(objects::add);
        return objects.toArray(HasMetadata[]::new);
    }

    private static Finding finding(EnvironmentFixture site, HasMetadata... more) {
        return served(site).finding(ROUTE, objects(site, more));
    }

    private static EnvironmentFixture protectedSite(String path) {
        return environment()
                .with("ingress.basicAuth", "[{path: %s, secretRef: {name: users}}]".formatted(path))
                .secret("users", Map.of("users", "a:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="));
    }

    private static SiteRequest asked(EnvironmentFixture site) {
        var request = new AtomicReference<SiteRequest>();
        finding(site.answers(asked -> {
            request.set(asked);
            return ProbeResult.answered(asked);
        }));
        return request.get();
    }

    @Test
    void theAnswerIsTheFinding() {
        assertThat(finding(environment()))
                .isEqualTo(Finding.ready(ROUTE, Reason.ROUTED, "The site answers at http://recordsponge.test."));
        assertThat(finding(environment().answers(_ -> ProbeResult.failed(Reason.WRONG_SITE, "Another site answers."))))
                .isEqualTo(Finding.failing(ROUTE, Reason.WRONG_SITE, "Another site answers."));
    }

    @Test
    void withoutAnAnswerTheRouteIsPending() {
        var waiting = finding(environment().unanswered());
        assertThat(waiting.status()).isEqualTo("Unknown");
        assertThat(waiting.reason()).isEqualTo(Reason.PENDING);
        assertThat(waiting.permitsReady()).isFalse();
    }

    @Test
    void withoutAPodNothingIsAsked() {
        var site = served(environment());
        var ingresses = Ingresses.ingresses(site.plan()).stream()
                .map(ControllerWrites::admitted)
                .toArray(HasMetadata[]::new);
        assertThat(site.finding(ROUTE, ingresses))
                .isEqualTo(Finding.working(
                        ROUTE,
                        Reason.PENDING,
                        "No pod is ready to answer at http://recordsponge.test; WorkloadAvailable reports why."));
    }

    @Test
    void aSiteWithoutReplicasIsRouted() {
        for (var field : List.of("replicas", "suspend")) {
            var site = environment().with(field, field.equals("suspend") ? "true" : "0");
            assertThat(finding(site))
                    .isEqualTo(Finding.ready(ROUTE, Reason.ROUTED, "IngressClass traefik serves recordsponge.test."));
        }
    }

    @Test
    void anotherIngressControllerIsNotAsked() {
        assertThat(finding(environment().in(new Capabilities(true, true, "k8s.io/ingress-nginx")))
                        .message())
                .isEqualTo(
                        "IngressClass traefik serves recordsponge.test. Whether the site answers is not proved: the operator asks only sites that Traefik serves.");
    }

    @Test
    void onlyTraefikWithItsCrdsProvesTheIdentity() {
        assertThat(asked(environment()).identity()).isPresent();
        assertThat(asked(environment().in(new Capabilities(true, false, "traefik.io/ingress-controller")))
                        .identity())
                .isEmpty();
    }

    @Test
    void aPasswordIsExpectedWhereThePathIsProtected() {
        assertThat(asked(protectedSite("/")).protectedPath()).isTrue();
        assertThat(asked(protectedSite("/api/")).protectedPath()).isTrue();
        assertThat(asked(protectedSite("/access/")).protectedPath()).isFalse();
    }

    /** Else a former route, and whoever waits for its host, would wait for the missing part. */
    @ParameterizedTest
    @EnumSource(names = {"HOST_CONFLICT", "HOST_NOT_ALLOWED", "FIELD_CONFLICT", "SECRET_NOT_FOUND"})
    void aSiteWithoutAPartOfItsRouteIsAskedAllTheSame(Reason reason) {
        var part = Blocker.partial(ROUTE, reason, "A part is missing.");
        var asked = new AtomicReference<SiteRequest>();
        var site = served(environment().answers(request -> {
            asked.set(request);
            return ProbeResult.answered(request);
        }));
        assertThat(finding(site, part)).isEqualTo(Finding.of(part));
        assertThat(asked.get()).isNotNull();
        assertThat(finding(site.unanswered(), part)).isEqualTo(Finding.of(part));
        assertThat(finding(site.answers(_ -> ProbeResult.failed(Reason.WRONG_SITE, "Another answers.")), part))
                .isEqualTo(Finding.failing(ROUTE, Reason.WRONG_SITE, "Another answers."));
    }

    private static Finding finding(EnvironmentFixture site, Blocker part) {
        return site.finding(ROUTE, NOW, site.plan().with(List.of(part)), objects(site));
    }

    @Test
    void aHostIsAskedThoughAnAliasIsTaken() {
        var site = environment()
                .withTls()
                .with("aliases", "[www.test]")
                .taken("www.test", "shop/prod")
                .certified("recordsponge.test");
        assertThat(asked(site).host()).isEqualTo("recordsponge.test");
        assertThat(finding(site).reason()).isEqualTo(Reason.HOST_CONFLICT);
    }

    @Test
    void theRequestChangesWithTheRoute() {
        assertThat(asked(environment())).isEqualTo(asked(environment()));
        assertThat(asked(environment())).isNotEqualTo(asked(environment().with("host", "other.test")));
        assertThat(asked(environment())).isNotEqualTo(asked(protectedSite("/access/")));
    }

    @Test
    void theRequestChangesWithTheTimeout() {
        var timed = environment().with("ingress.timeout", "300s");
        timed.owns(ServersTransports.serversTransports(timed.plan()));
        assertThat(asked(timed)).isNotEqualTo(asked(environment()));
    }

    @Test
    void aStrangersPodThatGetsRequestsIsReported() {
        assertThat(finding(environment(), endpoint("debug")).reason()).isEqualTo(Reason.UNEXPECTED_ENDPOINT);
    }

    @Test
    void anAnswerOfAFormerPodDoesNotCount() {
        var former = new PodBuilder()
                .withNewMetadata()
                .withName("former")
                .withLabels(Map.of(DeploymentPods.TEMPLATE_HASH, "former"))
                .addNewOwnerReference()
                .withKind("ReplicaSet")
                .withName("staging-former")
                .endOwnerReference()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .build();
        var finding = finding(environment(), former, endpoint("former"));
        assertThat(finding.message())
                .isEqualTo("Former pods still get a part of the requests for http://recordsponge.test.");
        assertThat(finding.status()).isEqualTo("Unknown");
        assertThat(finding.permitsReady()).isFalse();
    }

    private static EndpointSlice endpoint(String pod) {
        var service = environment().plan().get(RoutePlan.class).names().service();
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName("slice")
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withEndpoints(new EndpointBuilder()
                        .withNewTargetRef()
                        .withName(pod)
                        .endTargetRef()
                        .build())
                .build();
    }

    /** So that whoever lets Traefik load changes less often need only say so once. */
    @ParameterizedTest
    @CsvSource({"PT0.2S, PT3S", "PT5S, PT3S", "PT13S, PT11S"})
    void aNewRevisionIsAskedLaterIfChangesAreLoadedLater(Duration delay, Duration takeover) {
        assertThat(RouteAnswer.takeover(delay)).isEqualTo(takeover);
    }

    static EnvironmentFixture running(EnvironmentFixture site) {
        return site.owns(WorkloadObjects.of(site.plan()).stream()
                .filter(Deployment.class::isInstance)
                .map(object -> ControllerWrites.rolledOut((Deployment) object))
                .toList());
    }

    private static RouteSimulation serving(Supplier<EnvironmentFixture> site) {
        return new RouteSimulation().reconcile(() -> running(site.get()));
    }

    @Test
    void theOldHostServesUntilTheNewOneHasAnswered() {
        var site = serving(() -> environment().with("host", "old.test"));
        Supplier<EnvironmentFixture> changed = () -> running(environment().with("host", "new.test"));
        site.reconcile(() -> changed.get().unanswered());
        assertThat(site.ingresses()).containsExactly("site new.test http", "site old.test http");
        site.reconcile(changed);
        assertThat(site.ingresses()).containsExactly("site new.test http");
    }

    @Test
    void theOldHostServesWhileThePodsFailForAMoment() {
        var site = serving(() -> environment().with("host", "old.test"));
        site.reconcile(() -> failing(Duration.ofMinutes(4)));
        assertThat(site.ingresses()).containsExactly("site new.test http", "site old.test http");
        site.reconcile(() -> failing(Duration.ofMinutes(6)));
        assertThat(site.ingresses()).containsExactly("site new.test http");
    }

    /** A site with a new host, none of whose pods has been ready for some time. */
    private static EnvironmentFixture failing(Duration time) {
        var site = environment().with("host", "new.test").unanswered().at(NOW);
        return site.owns(WorkloadObjects.of(site.plan()).stream()
                .filter(Deployment.class::isInstance)
                .map(object -> ((Deployment) object)
                        .edit()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Available")
                        .withStatus("False")
                        .withLastTransitionTime(NOW.minus(time).toString())
                        .endCondition()
                        .endStatus()
                        .build())
                .toList());
    }

    @Test
    void theOldHostOfASiteWithoutPodsEndsOnceTheNewOneIsAdmitted() {
        var site = serving(() -> environment().with("host", "old.test"));
        site.reconcile(() -> running(
                environment().with("host", "new.test").with("suspend", "true").unanswered()));
        assertThat(site.ingresses()).containsExactly("site new.test http");
    }

    /** Somebody deletes it, and the operator creates it again, at first without a status. */
    @Test
    void theOldHostServesWhileTheDeploymentIsReplaced() {
        var site = serving(() -> environment().with("host", "old.test"));
        Supplier<EnvironmentFixture> changed =
                () -> environment().with("host", "new.test").unanswered().at(NOW);
        site.reconcile(changed);
        site.reconcile(() -> changed.get().owns(WorkloadObjects.of(changed.get().plan())));
        assertThat(site.ingresses()).containsExactly("site new.test http", "site old.test http");
    }

    @Test
    void theOldHostEndsIfNoDeploymentCouldBeCreatedForSomeTime() {
        var site = serving(() -> environment().with("host", "old.test"));
        site.reconcile(() -> withoutDeployment(Duration.ofMinutes(4)));
        assertThat(site.ingresses()).containsExactly("site new.test http", "site old.test http");
        site.reconcile(() -> withoutDeployment(Duration.ofMinutes(6)));
        assertThat(site.ingresses()).containsExactly("site new.test http");
    }

    private static EnvironmentFixture withoutDeployment(Duration time) {
        var condition = new ConditionBuilder()
                .withType("WorkloadAvailable")
                .withStatus("False")
                .withLastTransitionTime(NOW.minus(time).toString())
                .build();
        return environment()
                .with("host", "new.test")
                .unanswered()
                .at(NOW)
                .status(new EnvironmentStatus.Builder().build(1, List.of(condition)));
    }

    @Test
    void aRestartedOperatorPassesOnWhatItReported() {
        var condition = new ConditionBuilder()
                .withType("RouteReady")
                .withStatus("True")
                .withReason("Routed")
                .withMessage("The site answers at http://recordsponge.test.")
                .build();
        var site = environment()
                .status(new EnvironmentStatus.Builder().build(1, List.of(condition)))
                .answersAsReported();
        assertThat(finding(site).isReady()).isTrue();
        assertThat(finding(environment().answersAsReported()).reason()).isEqualTo(Reason.PENDING);
    }
}
