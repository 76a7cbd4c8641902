package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.TlsSpec;
import com.recordsponge.operator.host.SiteNames;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The plan of a site's certificate. Each issuer or provided Secret, with each set of names, has a Secret of its own: the
 * former one can serve until this one can.
 *
 * @param secretName Secret that the Ingresses are to name once it is usable
 * @param names DNS names that the certificate must cover
 * @param issuer cert-manager issuer; empty if the owner provides the certificate
 * @param provided the certificate that the owner provides; empty if cert-manager issues one
 * @param copies the Secrets into which the operator copies the provided certificate
 * @param usable whether the Secret holds a certificate that the ingress controller can serve for all names now
 */
public record CertificatePlan(
        String secretName,
        List<String> names,
        Optional<Issuer> issuer,
        Optional<ProvidedCertificate> provided,
        List<String> copies,
        boolean usable) {

    static final String CERT_MANAGER = "cert-manager.io";

    /** In the names of the Secrets, and of the Certificates that fill them. */
    static final String SUFFIX = "-tls";

    /** A cert-manager issuer, or an external issuer's own kind. */
    public record Issuer(String name, String kind, String group) {

        static final String CLUSTER_ISSUER = "ClusterIssuer";

        static Issuer of(TlsSpec.IssuerRef reference) {
            return new Issuer(
                    reference.name(),
                    reference.kind() == null ? CLUSTER_ISSUER : reference.kind(),
                    reference.group() == null ? CERT_MANAGER : reference.group());
        }

        @Override
        public String toString() {
            return "%s.%s/%s".formatted(kind, group, name);
        }
    }

    /** The plan for the spec; empty without TLS. */
    public static Optional<CertificatePlan> of(PlanInput input) {
        return Optional.ofNullable(input.spec().tls())
                .map(tls -> tls.issuerRef() == null
                        ? provided(tls.secretName(), input)
                        : issued(Issuer.of(tls.issuerRef()), input));
    }

    private static CertificatePlan issued(Issuer issuer, PlanInput input) {
        var names = SiteNames.of(input).all();
        var secretName = secretName(issuer.toString(), names, input);
        return new CertificatePlan(
                secretName,
                names,
                Optional.of(issuer),
                Optional.empty(),
                List.of(),
                isUsable(secretName, names, input));
    }

    private static CertificatePlan provided(String secret, PlanInput input) {
        var names = SiteNames.of(input).all();
        var secretName = secretName(PodData.describe(input.secret(secret)), names, input);
        var provided = ProvidedCertificate.of(secret, names, input);
        return new CertificatePlan(
                secretName,
                names,
                Optional.empty(),
                Optional.of(provided),
                CertificateCopies.names(provided, secretName, input),
                isUsable(secretName, names, input));
    }

    private static String secretName(String source, List<String> names, PlanInput input) {
        var version = names.stream().sorted().collect(Collectors.joining(",", source + " ", ""));
        return UniqueName.of(input.namespace(), input.name(), SUFFIX, version);
    }

    /** Whether a Secret of the environment holds a certificate that the ingress controller can serve for the names now. */
    public static boolean isUsable(String secretName, List<String> names, PlanInput input) {
        return stored(secretName, input.owned())
                .filter(content -> content.isUsable(names, input.now()))
                .isPresent();
    }

    /** What a Secret of the environment holds, if it exists. */
    static Optional<CertificateContent> stored(String secretName, OwnedObjects owned) {
        return owned.named(Secret.class, secretName).map(CertificateContents::of);
    }
}
