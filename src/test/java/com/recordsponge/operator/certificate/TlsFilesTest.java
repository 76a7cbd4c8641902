package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.certificate.TestCertificates.ALL;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that Traefik cannot load: it then serves its own default certificate. */
class TlsFilesTest {

    private static final byte[] CERTIFICATE = ALL.file("self-signed.crt");
    private static final byte[] KEY = ALL.file("self-signed.key");

    private static Finding finding(byte[] certificate, byte[] key) {
        return environment()
                .with("tls", "{secretName: provided}")
                .at(Instant.now())
                .files("provided", Map.of("tls.crt", certificate, "tls.key", key))
                .finding(Component.CERTIFICATE);
    }

    private static void assertFailing(Finding finding, Reason reason, String start) {
        assertThat(finding.message()).startsWith(start);
        assertThat(finding.reason()).isEqualTo(reason);
        assertThat(finding.isReady()).isFalse();
    }

    private static byte[] converted(String file, String... openssl) throws IOException {
        var arguments = new String[openssl.length + 2];
        System.arraycopy(openssl, 0, arguments, 0, openssl.length);
        arguments[openssl.length] = "-out";
        arguments[openssl.length + 1] = file;
        ALL.openssl(arguments);
        return ALL.file(file);
    }

    /** Writes a key and a self-signed certificate of it. */
    private static Finding selfSigned(String name, byte[] key) throws IOException {
        return finding(
                converted(
                        name + ".crt",
                        "req",
                        "-x509",
                        "-new",
                        "-key",
                        name + ".key",
                        "-subj",
                        "/CN=x",
                        "-days",
                        "9",
                        "-addext",
                        "subjectAltName=DNS:recordsponge.test"),
                key);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa, RSA, rsa_keygen_bits:2048",
        "p256, EC, ec_paramgen_curve:P-256",
        "p384, EC, ec_paramgen_curve:P-384",
        "p521, EC, ec_paramgen_curve:P-521",
        "ed25519, ED25519,"
    })
    void everyKeyTypeIsAccepted(String name, String algorithm, String option) throws IOException {
        var kind = List.of("genpkey", "-algorithm", algorithm).stream();
        var pkcs8 = converted(
                name + ".key",
                option == null
                        ? kind.toArray(String[]::new)
                        : Stream.concat(kind, Stream.of("-pkeyopt", option)).toArray(String[]::new));
        assertThat(selfSigned(name, pkcs8).message()).isEqualTo("Secret provided holds a valid certificate.");
        if (option != null) {
            var traditional = converted(name + "-traditional.key", "pkey", "-traditional", "-in", name + ".key");
            assertThat(new String(traditional, UTF_8)).contains("BEGIN " + algorithm + " PRIVATE KEY");
            assertThat(selfSigned(name, traditional).message()).isEqualTo("Secret provided holds a valid certificate.");
        }
    }

    /** As {@code openssl ecparam -genkey} writes it. */
    @Test
    void otherTextIsSkipped() throws IOException {
        var parameters = converted("parameters.pem", "ecparam", "-name", "prime256v1");
        var text = "Bag Attributes\r\n    friendlyName: x\r\n".getBytes(UTF_8);
        assertThat(finding(
                                TestCertificates.concat(text, CERTIFICATE),
                                TestCertificates.concat(TestCertificates.concat(text, parameters), KEY))
                        .isReady())
                .isTrue();
        var windows = new String(CERTIFICATE, UTF_8).replace("\n", "\r\n").getBytes(UTF_8);
        assertThat(finding(windows, KEY).isReady()).isTrue();
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws IOException {
        assertFailing(
                finding(CERTIFICATE, ALL.file("other.key")),
                Reason.KEY_MISMATCH,
                "tls.key of Secret provided does not belong to the certificate in tls.crt; provide the key");
        var rsa = converted("unrelated.key", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
        assertFailing(finding(CERTIFICATE, rsa), Reason.KEY_MISMATCH, "tls.key of Secret provided does not belong");
    }

    @Test
    void aChainInTheWrongOrderIsRefused() {
        var reversed = TestCertificates.concat(ALL.file("intermediate.crt"), ALL.file("public.crt"));
        assertFailing(
                finding(reversed, ALL.file("public.key")),
                Reason.KEY_MISMATCH,
                "tls.key of Secret provided belongs to certificate 2 in tls.crt instead of the first; move that certificate to the top.");
    }

    @Test
    void aBinaryCertificateIsRefused() throws IOException {
        var der = converted("site.der", "x509", "-in", "self-signed.crt", "-outform", "der");
        assertFailing(
                finding(der, KEY), Reason.CERTIFICATE_INVALID, "tls.crt of Secret provided is in DER, which Traefik");
        var pkcs12 = converted(
                "site.p12",
                "pkcs12",
                "-export",
                "-in",
                "self-signed.crt",
                "-inkey",
                "self-signed.key",
                "-passout",
                "pass:x");
        assertFailing(
                finding(pkcs12, KEY), Reason.CERTIFICATE_INVALID, "tls.crt of Secret provided is binary but not a");
    }

    @Test
    void aMalformedCertificateIsRefused() {
        assertFailing(
                finding(new byte[0], KEY), Reason.CERTIFICATE_INVALID, "tls.crt of Secret provided is empty; put");
        assertFailing(
                finding("no PEM".getBytes(UTF_8), KEY),
                Reason.CERTIFICATE_INVALID,
                "tls.crt of Secret provided has no PEM certificate; replace it.");
        assertFailing(
                finding("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".getBytes(UTF_8), KEY),
                Reason.CERTIFICATE_INVALID,
                "tls.crt of Secret provided has a certificate that cannot be read; replace it.");
    }

    @Test
    void swappedFilesAreReported() {
        assertFailing(
                finding(KEY, CERTIFICATE),
                Reason.CERTIFICATE_INVALID,
                "tls.crt of Secret provided holds a private key and no certificate; swap tls.crt and tls.key.");
        assertFailing(
                finding(CERTIFICATE, CERTIFICATE),
                Reason.KEY_INVALID,
                "tls.key of Secret provided holds a certificate and no private key; swap tls.crt and tls.key.");
    }

    @Test
    void anEncryptedKeyIsRefused() throws IOException {
        var pkcs8 = converted("encrypted.key", "pkcs8", "-topk8", "-in", "self-signed.key", "-passout", "pass:secret");
        var traditional = converted(
                "encrypted-traditional.key", "ec", "-in", "self-signed.key", "-aes128", "-passout", "pass:secret");
        for (var key : List.of(pkcs8, traditional)) {
            assertFailing(
                    finding(CERTIFICATE, key), Reason.KEY_INVALID, "tls.key of Secret provided is encrypted, and");
        }
    }

    @Test
    void aMalformedKeyIsRefused() throws IOException {
        assertFailing(
                finding(CERTIFICATE, new byte[0]), Reason.KEY_INVALID, "tls.key of Secret provided is empty; put");
        assertFailing(
                finding(CERTIFICATE, "a key".getBytes(UTF_8)),
                Reason.KEY_INVALID,
                "tls.key of Secret provided has no PEM private key; replace it.");
        var der = converted("site-key.der", "pkey", "-in", "self-signed.key", "-outform", "der");
        assertFailing(finding(CERTIFICATE, der), Reason.KEY_INVALID, "tls.key of Secret provided is binary, which");
        var x25519 = converted("x25519.key", "genpkey", "-algorithm", "X25519");
        assertFailing(finding(CERTIFICATE, x25519), Reason.KEY_INVALID, "tls.key of Secret provided is not an RSA");
    }
}
