package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.UniqueName;

/** Names the objects of a route, so that no other environment's can be taken for them in the ingress controller. */
record RouteNames(String namespace, String environment) {

    private static final String PROVIDER = "@kubernetescrd";

    static RouteNames of(PlanInput input) {
        return new RouteNames(input.namespace(), input.name());
    }

    String service() {
        return UniqueName.of(namespace, environment, "", "");
    }

    /** The Ingress of a kind, for one form of the route. */
    String ingress(String suffix, RouteForm form) {
        return UniqueName.of(namespace, environment, suffix, form.toString());
    }

    /** The Ingress of one path. */
    String ingress(String suffix, RouteForm form, String path) {
        return UniqueName.of(namespace, environment, suffix, form + " " + path);
    }

    /** A version of a Middleware or ServersTransport. */
    String version(String suffix, String digest) {
        return UniqueName.of(namespace, environment, suffix, digest);
    }

    /** How the annotation of an Ingress or a Service refers to one of Traefik's own objects. */
    String reference(String object) {
        return namespace + "-" + object + PROVIDER;
    }

    /** The object that {@link #reference} refers to. */
    String referenced(String reference) {
        return reference.replaceFirst("^" + namespace + "-", "").replaceFirst(PROVIDER + "$", "");
    }
}
