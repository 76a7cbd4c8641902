package com.recordsponge.operator.route;

/**
 * What cannot change in an existing Ingress without a moment in which the site does not answer. Another form has Ingresses
 * of its own, which serve beside the old ones until these can end.
 */
record RouteForm(String host, String ingressClass, Scheme scheme) {

    /** How an Ingress receives requests. */
    enum Scheme {
        /** Traefik's entry point for plain HTTP. */
        HTTP,
        /** Traefik's entry point for HTTPS. */
        HTTPS,
        /** Other controllers serve both with one Ingress. */
        ANY
    }

    /** Whether Traefik serves it. */
    boolean traefik() {
        return scheme != Scheme.ANY;
    }

    /** Whether one ingress controller can serve both, for one host: under one class, or under two of Traefik's. */
    boolean competesWith(RouteForm other) {
        return host.equals(other.host) && (ingressClass.equals(other.ingressClass) || traefik() && other.traefik());
    }
}
