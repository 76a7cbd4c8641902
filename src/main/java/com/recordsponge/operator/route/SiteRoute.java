package com.recordsponge.operator.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A route to the site, in one form: Ingresses that begin and end together.
 *
 * @param aliases names that redirect to the host
 * @param tlsSecret Secret of the certificate; empty for plain HTTP
 * @param redirects whether Traefik redirects plain HTTP to it
 */
record SiteRoute(RouteForm form, List<String> aliases, Optional<String> tlsSecret, boolean redirects) {

    String host() {
        return form.host();
    }

    boolean tls() {
        return tlsSecret.isPresent();
    }

    /** Host and aliases. */
    List<String> hosts() {
        return Stream.concat(Stream.of(host()), aliases.stream()).toList();
    }

    /** The URL of the site. */
    String url() {
        return (tls() ? "https://" : "http://") + host();
    }

    SiteRoute with(List<String> otherAliases) {
        return new SiteRoute(form, otherAliases, tlsSecret, redirects);
    }

    /** This route beside others: Traefik would prefer its redirect to a site that is served over plain HTTP. */
    SiteRoute besides(List<SiteRoute> others) {
        var harmless = others.stream().noneMatch(other -> !other.tls() && other.form.competesWith(form));
        return new SiteRoute(form, aliases, tlsSecret, redirects && harmless);
    }
}
