package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.route.IngressPart.RoutedPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPathBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import java.util.List;
import java.util.stream.Stream;

/** Builds the Ingresses of a site. */
final class Ingresses {

    private Ingresses() {}

    /** The names that an Ingress serves. */
    static Stream<String> hosts(Ingress ingress) {
        return ingress.getSpec().getRules().stream().map(IngressRule::getHost);
    }

    /** The Ingresses of all routes that can be applied now. */
    static List<Ingress> ingresses(EnvironmentPlan plan) {
        return plan.get(RoutePlan.class).applied().stream()
                .flatMap(route -> ingresses(plan, route).stream())
                .toList();
    }

    /** The Ingresses of one route. */
    static List<Ingress> ingresses(EnvironmentPlan plan, SiteRoute route) {
        return plan.get(RoutePlan.class).parts(route).stream()
                .map(part -> ingress(plan, route, part))
                .toList();
    }

    private static Ingress ingress(EnvironmentPlan plan, SiteRoute route, IngressPart part) {
        var builder = new IngressBuilder()
                .withMetadata(plan.metadata(part.name()))
                .editMetadata()
                .withAnnotations(part.annotations())
                .endMetadata()
                .withNewSpec()
                .withIngressClassName(route.form().ingressClass())
                .withRules(part.hosts().stream()
                        .map(host -> rule(host, part, plan))
                        .toList())
                .endSpec();
        return route.tlsSecret()
                .filter(_ -> part.tls())
                .map(secret -> builder.editSpec()
                        .addNewTl()
                        .withHosts(part.hosts())
                        .withSecretName(secret)
                        .endTl()
                        .endSpec())
                .orElse(builder)
                .build();
    }

    private static IngressRule rule(String host, IngressPart part, EnvironmentPlan plan) {
        return new IngressRuleBuilder()
                .withHost(host)
                .withNewHttp()
                .withPaths(part.paths().stream().map(path -> path(path, plan)).toList())
                .endHttp()
                .build();
    }

    private static HTTPIngressPath path(RoutedPath path, EnvironmentPlan plan) {
        return new HTTPIngressPathBuilder()
                .withPath(path.path())
                .withPathType(path.type())
                .withNewBackend()
                .withNewService()
                .withName(plan.get(RoutePlan.class).names().service())
                .withNewPort()
                .withNumber(Services.PORT)
                .endPort()
                .endService()
                .endBackend()
                .build();
    }
}
