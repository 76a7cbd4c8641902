package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the two files of a certificate say, as far as time does not change it.
 *
 * @param flaw why Traefik cannot load them; everything else is then empty
 * @param path the validity of the leaf, its issuer, the issuer of that, as far as the file has them
 * @param names DNS names of the leaf, in lower case; one can begin with a wildcard
 * @param commonName of the leaf's subject, in lower case; Traefik serves the certificate for it, but clients do not accept it
 * @param missingIssuer name of the leaf's issuer, if the file lacks its certificate
 * @param fetchableIssuer whether the leaf says where clients can fetch its issuer
 */
record CertificateContent(
        Optional<Flaw> flaw,
        List<Validity> path,
        List<String> names,
        Optional<String> commonName,
        Optional<String> missingIssuer,
        boolean fetchableIssuer) {

    /**
     * Why Traefik cannot load the files.
     *
     * @param message with {@code %s} in place of the Secret's name
     */
    record Flaw(Reason reason, String message) {}

    /** The validity of a certificate, with its subject. */
    record Validity(String subject, Instant notBefore, Instant notAfter) {}

    static CertificateContent flawed(Reason reason, String message) {
        return new CertificateContent(
                Optional.of(new Flaw(reason, message)),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    static CertificateContent of(CertificateChain chain) {
        return new CertificateContent(
                Optional.empty(),
                chain.path().stream()
                        .map(certificate -> new Validity(
                                CertificateChain.name(certificate.getSubjectX500Principal()),
                                certificate.getNotBefore().toInstant(),
                                certificate.getNotAfter().toInstant()))
                        .toList(),
                chain.names(),
                chain.commonName(),
                chain.lacksIssuer()
                        ? Optional.of(CertificateChain.name(chain.leaf().getIssuerX500Principal()))
                        : Optional.empty(),
                chain.hasFetchableIssuer());
    }

    /** Whether Traefik can serve it for all names at that time. */
    boolean isUsable(List<String> required, Instant now) {
        return flaw.isEmpty()
                && uncovered(required).isEmpty()
                && path.stream()
                        .allMatch(validity -> !validity.notBefore().isAfter(now)
                                && !validity.notAfter().isBefore(now));
    }

    /** The names that the leaf is not for. */
    List<String> uncovered(List<String> required) {
        return required.stream()
                .filter(name -> names.stream().noneMatch(pattern -> matches(pattern, name)))
                .toList();
    }

    /** A wildcard matches exactly one label (RFC 6125, section 6.4.3). */
    private static boolean matches(String pattern, String name) {
        return pattern.equals(name)
                || (pattern.startsWith("*.")
                        && name.contains(".")
                        && name.substring(name.indexOf('.')).equals(pattern.substring(1)));
    }

    /** The names for which Traefik serves it in whatever namespace an Ingress has them. A wildcard gives way to an exact name. */
    Stream<String> servedNames() {
        return Stream.concat(names.stream(), commonName.stream())
                .filter(name -> !name.startsWith("*."))
                .distinct();
    }

    /** When the leaf expires. */
    Optional<Instant> notAfter() {
        return path.stream().map(Validity::notAfter).findFirst();
    }

    /** When the validity of a certificate of the path begins or ends next. */
    Optional<Instant> nextChange(Instant now) {
        return path.stream()
                .flatMap(validity -> Stream.of(validity.notBefore(), validity.notAfter()))
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }
}
