package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.function.UnaryOperator;

/** What a route waits for, possibly for days, while the former one serves. */
enum RouteWait {
    HOST_OF_ANOTHER(Reason.HOST_CONFLICT, site -> elsewhere(site).taken(RouteWait.WANTED, "shop/prod")),
    HOST_RELEASED_ELSEWHERE(
            Reason.HOST_CONFLICT, site -> elsewhere(site).withheld(RouteWait.WANTED, Reason.HOST_CONFLICT)),
    HOST_NOT_ALLOWED(
            Reason.HOST_NOT_ALLOWED, site -> elsewhere(site).withheld(RouteWait.WANTED, Reason.HOST_NOT_ALLOWED)),
    HOST_NO_LONGER_ALLOWED(Reason.HOST_NOT_ALLOWED, site -> site.withheld(host(site), Reason.HOST_NOT_ALLOWED)),
    CLASS_MISSPELT(Reason.INGRESS_CLASS_NOT_FOUND, site -> site.with("ingress.className", "typo")
            .in(withController(null))),
    CLASS_DELETED(Reason.INGRESS_CLASS_NOT_FOUND, site -> site.in(withController(null))),
    CLASS_OF_ANOTHER_CONTROLLER(Reason.MIDDLEWARE_UNSUPPORTED, site -> site.with("ingress.className", "nginx")
            .in(withController("k8s.io/ingress-nginx")));

    static final String WANTED = "wanted.test";

    private final Reason reason;
    private final UnaryOperator<EnvironmentFixture> change;

    RouteWait(Reason reason, UnaryOperator<EnvironmentFixture> change) {
        this.reason = reason;
        this.change = change;
    }

    private static EnvironmentFixture elsewhere(EnvironmentFixture site) {
        return site.with("host", WANTED);
    }

    private static String host(EnvironmentFixture site) {
        return site.build().getSpec().host();
    }

    private static Capabilities withController(String controller) {
        return new Capabilities(true, true, controller);
    }

    /** A site whose route waits. */
    EnvironmentFixture of(EnvironmentFixture site) {
        return change.apply(site);
    }

    /** What RouteReady reports. */
    Reason reason() {
        return reason;
    }
}
