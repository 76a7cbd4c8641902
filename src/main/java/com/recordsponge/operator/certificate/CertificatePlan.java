package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.TlsSpec;
import com.recordsponge.operator.host.SiteNames;
import com.recordsponge.operator.plan.PlanInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plan of a site's certificate.
 *
 * @param secretName Secret with the certificate and its key
 * @param names DNS names that the certificate must cover
 * @param issuer cert-manager issuer; empty if the owner provides the certificate
 * @param provided data of the Secret of a provided certificate; empty if it does not exist, or cert-manager issues
 * @param usable whether the Secret holds a certificate that the ingress controller can serve for all names now
 */
public record CertificatePlan(
        String secretName,
        List<String> names,
        Optional<Issuer> issuer,
        Optional<Map<String, byte[]>> provided,
        boolean usable) {

    static final String CERT_MANAGER = "cert-manager.io";

    private static final String SUFFIX = "-tls";

    /** A cert-manager issuer, or an external issuer's own kind. */
    public record Issuer(String name, String kind, String group) {

        static final String CLUSTER_ISSUER = "ClusterIssuer";

        static Issuer of(TlsSpec.IssuerRef reference) {
            return new Issuer(
                    reference.name(),
                    reference.kind() == null ? CLUSTER_ISSUER : reference.kind(),
                    reference.group() == null ? CERT_MANAGER : reference.group());
        }
    }

    /** The plan for the spec; empty without TLS. */
    public static Optional<CertificatePlan> of(PlanInput input) {
        return Optional.ofNullable(input.spec().tls())
                .map(tls -> tls.issuerRef() == null ? provided(tls, input) : issued(tls, input));
    }

    /** The Secret into which cert-manager writes the certificate of an environment. */
    static String issuedSecret(String environment) {
        return environment + SUFFIX;
    }

    private static CertificatePlan issued(TlsSpec tls, PlanInput input) {
        var secret = issuedSecret(input.name());
        return new CertificatePlan(
                secret,
                SiteNames.of(input).all(),
                Optional.of(Issuer.of(tls.issuerRef())),
                Optional.empty(),
                usable(secret, input));
    }

    private static CertificatePlan provided(TlsSpec tls, PlanInput input) {
        return new CertificatePlan(
                tls.secretName(),
                SiteNames.of(input).all(),
                Optional.empty(),
                input.data(input.secret(tls.secretName())),
                usable(tls.secretName(), input));
    }

    private static boolean usable(String secret, PlanInput input) {
        return input.data(input.secret(secret))
                .map(TlsSecret::new)
                .filter(files -> files.isUsable(SiteNames.of(input).all(), input.now()))
                .isPresent();
    }
}
