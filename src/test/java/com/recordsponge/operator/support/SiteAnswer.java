package com.recordsponge.operator.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A response of a site.
 *
 * @param certificate the certificate of the connection; empty without TLS
 */
public record SiteAnswer(int status, List<String> headers, String body, Optional<X509Certificate> certificate) {

    private static final int DNS_NAME = 2;

    static SiteAnswer parse(byte[] response, Optional<X509Certificate> certificate) throws IOException {
        var parts = new String(response, UTF_8).split("\r\n\r\n", 2);
        var lines = parts[0].lines().toList();
        if (parts.length < 2 || !lines.getFirst().startsWith("HTTP/1.1 ")) {
            throw new IOException("the connection ended within the response: " + parts[0]);
        }
        return new SiteAnswer(
                Integer.parseInt(lines.getFirst().split(" ")[1]),
                lines.subList(1, lines.size()),
                parts[1],
                certificate);
    }

    /** The first header of a name. */
    public Optional<String> header(String name) {
        var prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    /** The DNS names of the certificate; Traefik's default certificate has one that ends in traefik.default. */
    public List<String> certificateNames() {
        return certificate.stream().flatMap(SiteAnswer::names).toList();
    }

    private static Stream<String> names(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> name.get(0).equals(DNS_NAME))
                    .map(name -> (String) name.get(1));
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
