package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.Reference.Kind;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Builds the copy of a provided certificate that Ingresses name: it keeps the last good certificate when the original turns
 * bad or is deleted.
 */
final class CertificateCopies {

    private static final List<String> FILES = List.of(TlsFiles.CERTIFICATE, TlsFiles.KEY, "ca.crt");

    private CertificateCopies() {}

    /**
     * The copies for which the provided certificate is good; others remain as they are. A former copy that still serves is
     * renewed, too: the spec can request a name that no certificate covers for a long time.
     */
    static List<String> names(ProvidedCertificate provided, String wanted, PlanInput input) {
        var former = input.owned()
                .all(Secret.class)
                .filter(secret -> PodData.isCopyOf(input.secret(provided.secretName()), secret))
                .map(secret -> secret.getMetadata().getName())
                .filter(name -> !name.equals(wanted) && isGoodFor(name, provided, input));
        return Stream.concat(Stream.of(wanted).filter(_ -> provided.isGood()), former)
                .toList();
    }

    private static boolean isGoodFor(String copy, ProvidedCertificate provided, PlanInput input) {
        var served = CertificateVersions.hosts(copy, input.owned());
        return !served.isEmpty()
                && ProvidedCertificate.of(provided.secretName(), served, input).isGood();
    }

    static List<Secret> secrets(EnvironmentPlan plan) {
        return plan.find(CertificatePlan.class).stream()
                .flatMap(certificate -> certificate.copies().stream()
                        .map(name -> secret(plan, name, certificate.provided().orElseThrow())))
                .toList();
    }

    /** A copy that serves makes a bad original a warning. */
    static Finding finding(CertificatePlan plan, ProvidedCertificate provided, ReconciliationState state) {
        var found = provided.finding();
        return CertificatePlan.stored(plan.secretName(), state.owned())
                .filter(copy -> !found.isReady() && copy.isUsable(plan.names(), state.now()))
                .flatMap(CertificateContent::notAfter)
                .map(notAfter -> Finding.warning(
                        found.component(),
                        found.reason(),
                        (provided.renewal()
                                        ? "%s Since the certificate before it was for that name, too, its copy, Secret %s, serves until %s."
                                        : "%s Secret %s, a copy of the last good certificate, serves until %s.")
                                .formatted(found.message(), plan.secretName(), notAfter)))
                .orElse(found);
    }

    private static Secret secret(EnvironmentPlan plan, String name, ProvidedCertificate provided) {
        var files = new TreeMap<>(provided.files().orElseThrow());
        files.keySet().retainAll(FILES);
        return new SecretBuilder()
                .withMetadata(plan.metadata(name))
                .editMetadata()
                .addToAnnotations(
                        PodData.SOURCE,
                        PodData.describe(new Reference(Kind.SECRET, plan.namespace(), provided.secretName())))
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(SecretData.encoded(files))
                .build();
    }
}
