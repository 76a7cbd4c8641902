package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.Blocker;
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

    private static List<Ingress> admitted(EnvironmentPlan plan) {
        return Ingresses.ingresses(plan).stream()
                .map(ControllerWrites::admitted)
                .toList();
    }

    @Test
    void aRouteWhoseIngressesAreAllTakenUpIsReady() {
        var plan = site().plan();
        assertThat(RouteFinding.of(plan, admitted(plan)))
                .isEqualTo(Finding.ready(ROUTE, "Routed", "IngressClass traefik serves recordsponge.test."));
    }

    @Test
    void anIngressThatNoControllerHasTakenUpIsNamed() {
        var plan = environment().plan();
        assertThat(RouteFinding.of(plan, Ingresses.ingresses(plan)))
                .isEqualTo(
                        Finding.working(
                                ROUTE,
                                "NotAdmitted",
                                "The controller of IngressClass traefik has not taken up Ingress staging; check that it runs and has an address."));
    }

    @Test
    void aRouteIsNotThereUntilEachOfItsIngressesIs() {
        var plan = site().plan();
        var ingresses = admitted(plan);
        assertThat(ingresses)
                .extracting(i -> i.getMetadata().getName())
                .containsExactly("staging", "staging-aliases", "staging-http");
        for (var missing : ingresses) {
            var rest = ingresses.stream().filter(ingress -> ingress != missing).toList();
            assertThat(RouteFinding.of(plan, rest))
                    .isEqualTo(Finding.working(
                            ROUTE,
                            "RollingOut",
                            "Ingress %s is not made yet."
                                    .formatted(missing.getMetadata().getName())));
        }
    }

    @Test
    void anIngressThatIsNoLongerWantedDoesNotMatter() {
        var plain = environment().plan();
        assertThat(RouteFinding.of(plain, admitted(site().plan())).isReady()).isTrue();
    }

    @Test
    void aProblemIsToldEvenWhileTheOldRouteServes() {
        var plan =
                site().in(new Capabilities(true, true, "k8s.io/ingress-nginx")).plan();
        assertThat(RouteFinding.of(plan, Ingresses.ingresses(plan)).reason()).isEqualTo("MiddlewareUnsupported");
        var conflict = environment().plan().with(new Blocker(ROUTE, "ConflictingObject", "Ingress staging exists."));
        assertThat(RouteFinding.of(conflict, List.of()))
                .isEqualTo(Finding.failing(ROUTE, "ConflictingObject", "Ingress staging exists."));
    }
}
