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
import org.junit.jupiter.api.Test;

class RouteFindingTest {

    private static EnvironmentFixture site() {
        return environment().withTls().with("aliases", "[www.recordsponge.test]");
    }

    private static Ingress[] served(EnvironmentPlan plan) {
        return Ingresses.ingresses(plan).stream()
                .map(ControllerWrites::admitted)
                .toArray(Ingress[]::new);
    }

    @Test
    void aRouteWithAnAddressOnEveryIngressIsReady() {
        assertThat(site().finding(ROUTE, served(site().plan())))
                .isEqualTo(Finding.ready(ROUTE, Reason.ROUTED, "IngressClass traefik serves recordsponge.test."));
    }

    @Test
    void theOperatorNamesAnIngressWithoutAddress() {
        var ingresses = Ingresses.ingresses(environment().plan()).toArray(Ingress[]::new);
        assertThat(environment().finding(ROUTE, ingresses))
                .isEqualTo(
                        Finding.working(
                                ROUTE,
                                Reason.ADDRESS_PENDING,
                                "The controller of IngressClass traefik has not written an address to Ingress staging; check that it runs and has an address."));
    }

    @Test
    void aRouteIsPendingUntilEveryIngressExists() {
        var ingresses = List.of(served(site().plan()));
        assertThat(ingresses)
                .extracting(i -> i.getMetadata().getName())
                .containsExactly("staging", "staging-aliases", "staging-http");
        for (var missing : ingresses) {
            var rest = ingresses.stream().filter(ingress -> ingress != missing).toArray(Ingress[]::new);
            assertThat(site().finding(ROUTE, rest))
                    .isEqualTo(Finding.working(
                            ROUTE,
                            Reason.PENDING,
                            "Ingress %s does not exist yet."
                                    .formatted(missing.getMetadata().getName())));
        }
    }

    @Test
    void anIngressNoLongerRequiredIsIgnored() {
        assertThat(environment().finding(ROUTE, served(site().plan())).isReady())
                .isTrue();
    }

    @Test
    void aBlockerIsReportedWhileTheOldRouteServes() {
        var blocked = site().in(new Capabilities(true, true, "k8s.io/ingress-nginx"));
        assertThat(blocked.finding(ROUTE, served(site().plan())).reason()).isEqualTo(Reason.MIDDLEWARE_UNSUPPORTED);
    }
}
