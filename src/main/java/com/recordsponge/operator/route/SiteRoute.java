package com.recordsponge.operator.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A route to the site, in one form: Ingresses that begin and end together.
 *
 * @param aliases names that redirect to the host
 * @param tlsSecret Secret of the certificate; empty for plain HTTP
 */
record SiteRoute(RouteForm form, List<String> aliases, Optional<String> tlsSecret) {

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
        return new SiteRoute(form, otherAliases, tlsSecret);
    }
}
