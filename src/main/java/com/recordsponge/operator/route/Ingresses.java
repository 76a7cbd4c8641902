package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPathBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the Ingresses of a site. Annotations on an Ingress configure all of its routers in Traefik, so each
 * combination of entry point and middlewares is a separate Ingress.
 */
final class Ingresses {

    private Ingresses() {}

    /** The names that an Ingress serves. */
    static Stream<String> hosts(Ingress ingress) {
        return ingress.getSpec().getRules().stream().map(IngressRule::getHost);
    }

    static List<Ingress> ingresses(EnvironmentPlan plan) {
        var route = plan.get(RoutePlan.class);
        var ingresses = new ArrayList<Ingress>();
        var hsts = route.hsts().isPresent() ? Middlewares.hstsName(plan) : null;
        ingresses.add(
                ingress(plan, plan.name(), List.of(route.names().host()), List.of(path("/", "Prefix", plan)), hsts));
        for (var index = 0; index < route.basicAuth().size(); index++) {
            ingresses.add(basicAuth(plan, index, hsts));
        }
        if (!route.basicAuth().isEmpty()) {
            ingresses.add(closed(plan));
        }
        if (route.tls() && plan.capabilities().middlewares()) {
            if (!route.names().aliases().isEmpty()) {
                ingresses.add(ingress(
                        plan,
                        plan.name() + "-aliases",
                        route.names().aliases(),
                        List.of(path("/", "Prefix", plan)),
                        Middlewares.toHostName(plan)));
            }
            ingresses.add(plainHttp(plan));
        }
        return ingresses;
    }

    /** Redirects every request over plain HTTP to HTTPS. */
    private static Ingress plainHttp(EnvironmentPlan plan) {
        var hosts = plan.get(RoutePlan.class).names().all();
        return base(plan, plan.name() + "-http", hosts, List.of(path("/", "Prefix", plan)))
                .editMetadata()
                .withAnnotations(Routers.plainHttp(plan, Middlewares.toHttpsName(plan)))
                .endMetadata()
                .build();
    }

    private static Ingress ingress(
            EnvironmentPlan plan, String name, List<String> hosts, List<HTTPIngressPath> paths, String... middlewares) {
        var builder = base(plan, name, hosts, paths)
                .editMetadata()
                .withAnnotations(Routers.annotations(plan, middlewares))
                .endMetadata();
        return plan.get(RoutePlan.class)
                .tlsSecret()
                .map(secret -> builder.editSpec()
                        .addNewTl()
                        .withHosts(hosts)
                        .withSecretName(secret)
                        .endTl()
                        .endSpec())
                .orElse(builder)
                .build();
    }

    private static IngressBuilder base(
            EnvironmentPlan plan, String name, List<String> hosts, List<HTTPIngressPath> paths) {
        return new IngressBuilder()
                .withMetadata(plan.metadata(name))
                .withNewSpec()
                .withIngressClassName(plan.get(RoutePlan.class).ingressClass())
                .withRules(hosts.stream().map(host -> rule(host, paths)).toList())
                .endSpec();
    }

    private static IngressRule rule(String host, List<HTTPIngressPath> paths) {
        return new IngressRuleBuilder()
                .withHost(host)
                .withNewHttp()
                .withPaths(paths)
                .endHttp()
                .build();
    }

    /** Protects a path. */
    private static Ingress basicAuth(EnvironmentPlan plan, int index, String hsts) {
        var route = plan.get(RoutePlan.class);
        var prefix = route.basicAuth().get(index).path();
        var name = Middlewares.basicAuthName(plan, index);
        return ingress(plan, name, List.of(route.names().host()), protectedPaths(prefix, plan), name, hsts)
                .edit()
                .editMetadata()
                .addToAnnotations(Routers.priorityOverSite(prefix))
                .endMetadata()
                .build();
    }

    /**
     * Denies the protected paths while Traefik cannot read their users: it drops the routes that require them, and the
     * route of the whole site would match next.
     */
    private static Ingress closed(EnvironmentPlan plan) {
        var route = plan.get(RoutePlan.class);
        var name = Middlewares.closedName(plan);
        var paths = route.basicAuth().stream()
                .flatMap(auth -> protectedPaths(auth.path(), plan).stream())
                .distinct()
                .toList();
        return ingress(plan, name, List.of(route.names().host()), paths, name)
                .edit()
                .editMetadata()
                .addToAnnotations(Routers.priorityOverSite(""))
                .endMetadata()
                .build();
    }

    /**
     * Includes the folder itself, since Traefik's prefix /access/ does not match /access. Includes every path with an
     * encoded slash: Traefik considers it another path, the application the protected one.
     */
    private static List<HTTPIngressPath> protectedPaths(String prefix, EnvironmentPlan plan) {
        var paths = new ArrayList<HTTPIngressPath>();
        if (prefix.length() > 1 && prefix.endsWith("/")) {
            paths.add(path(prefix.substring(0, prefix.length() - 1), "Exact", plan));
        }
        paths.add(path(prefix, "Prefix", plan));
        paths.add(path("/.*%2[Ff]", "ImplementationSpecific", plan));
        return paths;
    }

    private static HTTPIngressPath path(String path, String type, EnvironmentPlan plan) {
        return new HTTPIngressPathBuilder()
                .withPath(path)
                .withPathType(type)
                .withNewBackend()
                .withNewService()
                .withName(plan.name())
                .withNewPort()
                .withNumber(Services.PORT)
                .endPort()
                .endService()
                .endBackend()
                .build();
    }
}
