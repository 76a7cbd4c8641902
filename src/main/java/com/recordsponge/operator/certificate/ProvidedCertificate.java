package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.NameHolder;
import com.recordsponge.operator.plan.PlanInput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A certificate that the owner provides in {@code tls.secretName}: whether Traefik loads it, instead of serving its own
 * default certificate, and whether clients then accept it.
 *
 * @param secretName the owner's Secret
 * @param files its files, decoded; empty if the Secret does not exist
 * @param finding what the checks found at the time of the plan
 * @param renewal whether all that is wrong with it are names of other environments for which the ingress controller has a
 *     certificate of this environment already
 */
record ProvidedCertificate(String secretName, Optional<Map<String, byte[]>> files, Finding finding, boolean renewal) {

    /** Checks a certificate for a site with these names. */
    static ProvidedCertificate of(String secretName, List<String> names, PlanInput input) {
        var files = input.data(input.secret(secretName));
        var content = files.map(CertificateContents::of);
        if (content.isEmpty()) {
            return new ProvidedCertificate(
                    secretName,
                    files,
                    failing(
                            Reason.SECRET_NOT_FOUND,
                            "Secret %s of tls.secretName does not exist; create it with kubectl create secret tls.",
                            secretName),
                    false);
        }
        var flaw = flaw(secretName, names, content.get(), input);
        var foreign = foreignNames(names, files.get(), content.get(), input);
        return new ProvidedCertificate(
                secretName,
                files,
                flaw.or(() -> conflict(secretName, foreign)).orElseGet(() -> valid(secretName, content.get())),
                flaw.isEmpty()
                        && !foreign.isEmpty()
                        && CertificateVersions.servedNames(input.owned()).containsAll(foreign.keySet()));
    }

    /** Whether the operator copies it. */
    boolean isGood() {
        return finding.isReady() || renewal;
    }

    Optional<CertificateContent> content() {
        return files.map(CertificateContents::of);
    }

    private static Optional<Finding> flaw(
            String secret, List<String> names, CertificateContent content, PlanInput input) {
        return Stream.<Supplier<Optional<Finding>>>of(
                        () -> content.flaw().map(flaw -> failing(flaw.reason(), flaw.message(), secret)),
                        () -> validity(secret, content, input.now()),
                        () -> names(secret, names, content),
                        () -> incomplete(secret, content))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> validity(String secret, CertificateContent content, Instant now) {
        var leaf = content.path().getFirst();
        for (var validity : content.path()) {
            var which = validity.equals(leaf) ? "certificate" : "certificate of the issuer " + validity.subject();
            if (validity.notAfter().isBefore(now)) {
                return Optional.of(failing(
                        Reason.EXPIRED,
                        "The %s in Secret %s expired at %s; replace it.",
                        which,
                        secret,
                        validity.notAfter()));
            }
            if (validity.notBefore().isAfter(now)) {
                return Optional.of(failing(
                        Reason.CERTIFICATE_INVALID,
                        "The %s in Secret %s is not valid before %s; replace it.",
                        which,
                        secret,
                        validity.notBefore()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> names(String secret, List<String> names, CertificateContent content) {
        var uncovered = content.uncovered(names);
        return uncovered.isEmpty()
                ? Optional.empty()
                : Optional.of(failing(
                        Reason.NAMES_NOT_COVERED,
                        "The certificate in Secret %s does not cover %s; provide one that does.",
                        secret,
                        String.join(", ", uncovered)));
    }

    /**
     * The names that others have, and for which they do not serve this very certificate. Traefik has one store of
     * certificates for all namespaces.
     */
    private static Map<String, NameHolder> foreignNames(
            List<String> names, Map<String, byte[]> files, CertificateContent content, PlanInput input) {
        var certificate = StoredCertificate.of(files).map(StoredCertificate::der);
        var foreign = new LinkedHashMap<String, NameHolder>();
        content.servedNames().filter(name -> !names.contains(name)).forEach(name -> input.others()
                .apply(name)
                .filter(other -> !CertificateVersions.isServed(certificate.orElseThrow(), name, other.owned()))
                .ifPresent(other -> foreign.put(name, other)));
        return foreign;
    }

    private static Optional<Finding> conflict(String secret, Map<String, NameHolder> foreign) {
        return foreign.entrySet().stream()
                .findFirst()
                .map(name -> failing(
                        Reason.HOST_CONFLICT,
                        "The certificate in Secret %s is also for %s, which %s: the ingress controller would serve it there, too. Provide one without that name, in subjectAltName and common name.",
                        secret,
                        name.getKey(),
                        name.getValue().clause()));
    }

    private static Optional<Finding> incomplete(String secret, CertificateContent content) {
        return content.missingIssuer()
                .filter(_ -> content.fetchableIssuer())
                .map(issuer -> failing(
                        Reason.CHAIN_INCOMPLETE,
                        "tls.crt of Secret %s lacks the certificate of its issuer %s, without which many clients refuse the site; append it to tls.crt.",
                        secret,
                        issuer));
    }

    /** A private authority often has no intermediate certificates; its clients have its root. */
    private static Finding valid(String secret, CertificateContent content) {
        var valid = "Secret %s holds a valid certificate.".formatted(secret);
        return Finding.ready(
                CERTIFICATE,
                Reason.PROVIDED,
                content.missingIssuer()
                        .map(issuer ->
                                "%s Only clients that trust its issuer %s accept it; for others append the issuer's certificate to tls.crt."
                                        .formatted(valid, issuer))
                        .orElse(valid));
    }

    private static Finding failing(Reason reason, String message, Object... arguments) {
        return Finding.failing(CERTIFICATE, reason, message.formatted(arguments));
    }
}
