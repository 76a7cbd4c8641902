package com.recordsponge.operator.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Self-signed certificates from openssl, valid for ten years; one for each list of names and each purpose. */
public final class TestCertificate {

    private static final Map<List<String>, Map<String, String>> CREATED = new ConcurrentHashMap<>();

    private TestCertificate() {}

    /** The data of a Secret with a certificate for DNS names, its key, and itself as the authority to trust. */
    public static Map<String, String> of(String... names) {
        return another("", names);
    }

    /** The same with another key for each purpose. */
    public static Map<String, String> another(String purpose, String... names) {
        return CREATED.computeIfAbsent(
                Arrays.asList((purpose + "/" + String.join("/", names)).split("/")), _ -> create(names));
    }

    private static Map<String, String> create(String... names) {
        try {
            var key = Files.createTempFile("site", ".key");
            var certificate = Files.createTempFile("site", ".crt");
            var alternatives = Arrays.stream(names).map(name -> "DNS:" + name).collect(Collectors.joining(","));
            write(key, certificate, "/O=Test", alternatives);
            var pem = Files.readString(certificate, UTF_8);
            return Map.of("tls.crt", pem, "tls.key", Files.readString(key, UTF_8), "ca.crt", pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a key and its certificate, in PEM.
     *
     * @param alternatives the value of subjectAltName, such as {@code IP:127.0.0.1}
     */
    public static void write(Path key, Path certificate, String subject, String alternatives) throws IOException {
        Command.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "3650",
                "-subj",
                subject,
                "-addext",
                "subjectAltName=" + alternatives,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
    }
}
