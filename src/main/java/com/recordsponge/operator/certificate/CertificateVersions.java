package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.OwnedObjects;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which certificates an environment keeps beside the one that its spec requests. */
final class CertificateVersions {

    /** Time for an ingress controller to see that an Ingress names another Secret. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private CertificateVersions() {}

    /**
     * Whether a certificate stays: while an Ingress names its Secret, and, if there is one in it, until the Secret that the
     * Ingresses are to name is usable.
     */
    static boolean isInUse(String secretName, EnvironmentPlan plan, OwnedObjects owned) {
        return isNamed(secretName, owned)
                || plan.find(CertificatePlan.class)
                        .filter(wanted -> wanted.secretName().equals(secretName)
                                || !wanted.usable() && holdsCertificate(secretName, owned))
                        .isPresent();
    }

    private static boolean isNamed(String secretName, OwnedObjects owned) {
        return entries(secretName, owned).findAny().isPresent();
    }

    /** The hosts that a Secret serves. */
    static List<String> hosts(String secretName, OwnedObjects owned) {
        return entries(secretName, owned)
                .flatMap(tls -> tls.getHosts().stream())
                .distinct()
                .toList();
    }

    /** The names for which the ingress controller has a certificate of the environment. */
    static Set<String> servedNames(OwnedObjects owned) {
        return owned.all(Secret.class)
                .filter(secret -> isNamed(secret.getMetadata().getName(), owned))
                .flatMap(secret -> CertificateContents.of(secret).servedNames())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a certificate, in DER, is the one with which an environment serves a host. */
    static boolean isServed(byte[] certificate, String host, OwnedObjects owned) {
        var secrets = owned.all(Ingress.class)
                .flatMap(ingress -> ingress.getSpec().getTls().stream())
                .filter(tls -> tls.getHosts().contains(host))
                .map(IngressTLS::getSecretName)
                .collect(Collectors.toUnmodifiableSet());
        return !secrets.isEmpty()
                && secrets.stream().allMatch(secret -> StoredCertificate.of(secret, owned)
                        .filter(stored -> stored.is(certificate))
                        .isPresent());
    }

    private static Stream<IngressTLS> entries(String secretName, OwnedObjects owned) {
        return owned.all(Ingress.class)
                .flatMap(ingress -> ingress.getSpec().getTls().stream())
                .filter(tls -> secretName.equals(tls.getSecretName()));
    }

    private static boolean holdsCertificate(String secretName, OwnedObjects owned) {
        return CertificatePlan.stored(secretName, owned)
                .filter(content -> content.flaw().isEmpty())
                .isPresent();
    }
}
