package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.IngressSpec;
import com.recordsponge.operator.certificate.CertificatePlan;
import com.recordsponge.operator.host.SiteNames;
import com.recordsponge.operator.plan.Durations;
import com.recordsponge.operator.plan.PlanInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of a site's route.
 *
 * @param tlsSecret Secret of the certificate; empty for plain HTTP
 * @param timeout how long the ingress controller waits for a response to begin; empty for its own default
 * @param taken names that another environment owns: none of this environment's objects can serve them
 */
record RoutePlan(
        SiteNames names,
        String ingressClass,
        Optional<String> tlsSecret,
        Optional<Hsts> hsts,
        List<BasicAuth> basicAuth,
        Optional<Duration> timeout,
        Set<String> taken) {

    private static final Duration A_YEAR = Duration.ofDays(365);

    /** Strict-Transport-Security. */
    record Hsts(Duration maxAge, boolean includeSubdomains) {

        static Hsts of(IngressSpec.Hsts spec) {
            return new Hsts(
                    spec.maxAge() == null ? A_YEAR : Durations.parse(spec.maxAge()),
                    Boolean.TRUE.equals(spec.includeSubdomains()));
        }
    }

    /** A protected path and the Secret with its users. */
    record BasicAuth(String path, String secret) {}

    static RoutePlan of(PlanInput input) {
        var ingress = Optional.ofNullable(input.spec().ingress());
        return new RoutePlan(
                SiteNames.of(input),
                input.spec().ingressClass(),
                CertificatePlan.of(input).map(CertificatePlan::secretName),
                ingress.map(IngressSpec::hsts).map(Hsts::of),
                ingress.map(IngressSpec::basicAuth).orElse(List.of()).stream()
                        .map(auth -> new BasicAuth(auth.path(), auth.secretRef().name()))
                        .toList(),
                ingress.map(IngressSpec::timeout).map(Durations::parse),
                input.taken().keySet());
    }

    boolean tls() {
        return tlsSecret.isPresent();
    }

    /** The URL of the site. */
    String url() {
        return (tls() ? "https://" : "http://") + names.host();
    }
}
