package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteFindingTest {

    private static EnvironmentFixture site() {
        return environment()
                .withTls()
                .with("aliases", "[www.recordsponge.test]")
                .certified("recordsponge.test", "www.recordsponge.test");
    }

    /** Whose Middlewares the ingress controller has loaded. */
    private static EnvironmentFixture settled(EnvironmentFixture site) {
        return site.owns(Middlewares.middlewares(site.plan()));
    }

    private static Ingress[] served(EnvironmentPlan plan) {
        return Ingresses.ingresses(plan, plan.get(RoutePlan.class).wanted()).stream()
                .map(ControllerWrites::admitted)
                .toArray(Ingress[]::new);
    }

    @Test
    void aRouteWithAnAddressOnEveryIngressIsReady() {
        assertThat(settled(site()).withoutQuestions().finding(ROUTE, served(site().plan())))
                .isEqualTo(
                        Finding.ready(
                                ROUTE,
                                Reason.ROUTED,
                                "IngressClass traefik serves recordsponge.test. The operator does not ask the site: the chart's ingressController.service is empty."));
    }

    @Test
    void theOperatorNamesAnIngressWithoutAddress() {
        var site = settled(environment());
        var ingress = Ingresses.ingresses(site.plan()).getFirst();
        assertThat(site.finding(ROUTE, ingress))
                .isEqualTo(Finding.working(
                        ROUTE,
                        Reason.ADDRESS_PENDING,
                        "The controller of IngressClass traefik has not written an address to Ingress %s; check that it runs and has an address."
                                .formatted(ingress.getMetadata().getName())));
    }

    @Test
    void aRouteIsPendingUntilEveryIngressExists() {
        var ingresses = List.of(served(site().plan()));
        assertThat(ingresses)
                .extracting(i -> i.getMetadata().getName().replaceFirst("-[0-9a-f]{8}$", ""))
                .containsExactly("staging", "staging-aliases", "staging-http");
        for (var missing : ingresses) {
            var rest = ingresses.stream().filter(ingress -> ingress != missing).toArray(Ingress[]::new);
            assertThat(settled(site()).finding(ROUTE, rest))
                    .isEqualTo(Finding.working(
                            ROUTE,
                            Reason.PENDING,
                            "Ingress %s does not exist yet."
                                    .formatted(missing.getMetadata().getName())));
        }
    }

    @Test
    void theOperatorNamesWhatTheIngressControllerHasNotLoaded() {
        var site = environment()
                .with("ingress.basicAuth", "[{path: /access/, secretRef: {name: users}}]")
                .secret("users", Map.of("users", "a:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="));
        assertThat(settled(site).finding(ROUTE).message())
                .isEqualTo("The route waits until the ingress controller has loaded Secret/%s."
                        .formatted(UserSecrets.secrets(site.plan())
                                .getFirst()
                                .getMetadata()
                                .getName()));
    }

    @Test
    void anIngressNoLongerRequiredIsIgnored() {
        var both = Stream.of(served(site().plan()), served(environment().plan()))
                .flatMap(Stream::of)
                .toArray(Ingress[]::new);
        assertThat(settled(environment())
                        .withoutQuestions()
                        .finding(ROUTE, both)
                        .isReady())
                .isTrue();
    }

    @Test
    void aBlockerIsReportedWhileTheOldRouteServes() {
        var blocked = site().in(new Capabilities(true, true, "k8s.io/ingress-nginx"));
        assertThat(blocked.finding(ROUTE, served(site().plan())).reason()).isEqualTo(Reason.MIDDLEWARE_UNSUPPORTED);
    }
}
