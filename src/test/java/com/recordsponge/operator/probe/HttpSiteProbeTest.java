package com.recordsponge.operator.probe;

import static com.recordsponge.operator.probe.ScriptedSite.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.certificate.CertificateSecrets;
import com.recordsponge.operator.certificate.TestCertificates;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.probe.ScriptedSite.Script;
import com.recordsponge.operator.runtime.ControllerService;
import com.recordsponge.operator.support.FreePort;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One request to a site, and what the operator makes of whatever answers. */
@Timeout(60)
class HttpSiteProbeTest {

    private static final String HOST = "recordsponge.test";
    private static final String ID = "0123456789abcdef";
    private static final String OK = "HTTP/1.1 200 OK";
    private static final String OURS = SiteIdentity.HEADER + ": " + ID;
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @BeforeAll
    static void createCertificates() throws IOException {
        selfSigned("default", "/CN=TRAEFIK DEFAULT CERT", "DNS:0123.traefik.default", "365");
        selfSigned("another", "/CN=another", "DNS:" + HOST, "365");
        selfSigned("elsewhere", "/CN=elsewhere", "DNS:*.test", "365");
        selfSigned("neighbour", "/CN=neighbour", "DNS:neighbour.test", "365");
    }

    private static void selfSigned(String name, String subject, String names, String days) throws IOException {
        TestCertificates.ALL.openssl(
                "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name + ".key");
        TestCertificates.ALL.openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                name + ".key",
                "-subj",
                subject,
                "-days",
                days,
                "-addext",
                "subjectAltName=" + names,
                "-out",
                name + ".crt");
    }

    private static String fingerprint(String name) {
        try {
            return Fingerprint.of(List.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(TestCertificates.ALL.file(name + ".crt")))));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SiteRequest http() {
        return new SiteRequest(HOST, Optional.empty(), Optional.of(ID), false, "form", "content");
    }

    /** A site whose Secret has the certificate {@code private} of an authority of its own. */
    private static SiteRequest https(String authorities, boolean provided) {
        return new SiteRequest(
                HOST,
                Optional.of(new WantedCertificate("site-tls", fingerprint("private"), authorities, provided)),
                Optional.of(ID),
                false,
                "form",
                "content");
    }

    private static SiteRequest https() {
        return https(TestCertificates.ALL.text("root"), false);
    }

    private static ProbeResult ask(SiteRequest request, ScriptedSite site) {
        return ask(request, site.port(), Optional.empty(), LONG);
    }

    private static ProbeResult ask(SiteRequest request, int port, Optional<Path> bundle, Duration timeout) {
        var controller = new ControllerService("Service traefik in namespace kube-system", "127.0.0.1", port, port);
        return new HttpSiteProbe(controller, timeout, new PresentedCertificates(new Trust(bundle), secrets()))
                .ask(request);
    }

    /** Another environment has the certificate {@code elsewhere}. */
    private static CertificateSecrets secrets() {
        var secrets = new CertificateSecrets();
        var data = new TreeMap<String, String>();
        TestCertificates.ALL
                .secret("elsewhere")
                .forEach((file, content) -> data.put(file, Base64.getEncoder().encodeToString(content)));
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("its-tls")
                .addToLabels(Labels.ENVIRONMENT, "prod")
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(data)
                .build();
        secrets.readFrom(() -> Stream.of(secret));
        return secrets;
    }

    private static ProbeResult askHttp(SiteRequest request, Script script) throws IOException {
        try (var site = new ScriptedSite(script)) {
            return ask(request, site);
        }
    }

    private static ProbeResult askBriefly(Script script) throws IOException {
        try (var site = new ScriptedSite(script)) {
            return ask(http(), site.port(), Optional.empty(), SHORT);
        }
    }

    private static ProbeResult askHttps(SiteRequest request, String certificate, String... issuers) throws IOException {
        try (var site = new ScriptedSite(answers(OK, OURS), certificate, issuers)) {
            return ask(request, site);
        }
    }

    @Test
    void theSitesOwnAnswerCounts() throws IOException {
        assertThat(askHttp(http(), answers(OK, OURS))).isEqualTo(ProbeResult.answered(http(), ""));
        assertThat(askHttps(https(), "private", "root")).isEqualTo(ProbeResult.answered(https(), ""));
    }

    @Test
    void theRequestNamesTheHostAndHasNoCredentials() throws IOException {
        try (var site = new ScriptedSite(answers(OK, OURS))) {
            ask(http(), site);
            assertThat(site.requests())
                    .containsExactly(
                            "GET /api/hello HTTP/1.1\r\nHost: recordsponge.test\r\nUser-Agent: recordsponge-operator\r\nAccept: */*\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void aPasswordThatTheSiteRequiresIsAnAnswer() throws IOException {
        var closed = new SiteRequest(HOST, Optional.empty(), Optional.of(ID), true, "form", "content");
        assertThat(askHttp(closed, answers("HTTP/1.1 401 Unauthorized", OURS)).answered())
                .isTrue();
        assertThat(askHttp(closed, answers("HTTP/1.1 401 Unauthorized")).reason())
                .isEqualTo(Reason.WRONG_SITE);
        assertThat(askHttp(http(), answers("HTTP/1.1 401 Unauthorized", OURS)).reason())
                .isEqualTo(Reason.UNEXPECTED_STATUS);
    }

    @Test
    void anotherEnvironmentsAnswerIsNotTheSites() throws IOException {
        assertThat(askHttp(http(), answers(OK, SiteIdentity.HEADER + ": fedcba9876543210")))
                .satisfies(result -> assertThat(result.reason()).isEqualTo(Reason.WRONG_SITE))
                .satisfies(result -> assertThat(result.message())
                        .startsWith("Another environment answers at http://recordsponge.test;"));
    }

    @Test
    void anAnswerWithoutTheHeaderIsNotTheSites() throws IOException {
        assertThat(askHttp(http(), answers(OK, "Server: nginx")).reason()).isEqualTo(Reason.WRONG_SITE);
    }

    @Test
    void anotherIngressControllersAnswerIsNotProved() throws IOException {
        var unmarked = new SiteRequest(HOST, Optional.empty(), Optional.empty(), false, "form", "content");
        assertThat(askHttp(unmarked, answers(OK)))
                .isEqualTo(ProbeResult.answered(
                        unmarked,
                        " Only Traefik with its CRDs marks answers, so that another site could have answered."));
    }

    @ParameterizedTest
    @CsvSource({
        "404 Not Found, false, the ingress controller has no route to the host",
        "404 Not Found, true, the application does not know the path",
        "403 Forbidden, true, access is denied",
        "301 Moved Permanently, true, the request is redirected to https://elsewhere.test/",
        "500 Internal Server Error, true, the application fails",
        "502 Bad Gateway, true, the ingress controller cannot connect to a pod",
        "503 Service Unavailable, true, the ingress controller knows no ready pod",
        "504 Gateway Timeout, true, a pod does not answer the ingress controller in time",
        "418 I'm a teapot, true, the request is refused",
    })
    void aStatusIsExplained(String status, boolean ours, String cause) throws IOException {
        var result = askHttp(
                http(), answers("HTTP/1.1 " + status, "Location: https://elsewhere.test/", ours ? OURS : "X: y"));
        assertThat(result.reason()).isEqualTo(Reason.UNEXPECTED_STATUS);
        assertThat(result.message())
                .startsWith("http://recordsponge.test/api/hello answers with status " + status.substring(0, 3) + ": ")
                .contains(cause);
    }

    @Test
    void traefiksDefaultCertificateIsNamed() throws IOException {
        assertThat(askHttps(https(), "default"))
                .isEqualTo(
                        ProbeResult.failed(
                                Reason.WRONG_CERTIFICATE,
                                "https://recordsponge.test presents Traefik's default certificate, which no client accepts: Traefik has not loaded Secret site-tls; check its log."));
    }

    @Test
    void aCertificateForOtherNamesIsDescribed() throws IOException {
        assertThat(askHttps(https(), "neighbour"))
                .satisfies(result -> assertThat(result.reason()).isEqualTo(Reason.WRONG_CERTIFICATE))
                .satisfies(
                        result -> assertThat(result.message())
                                .contains(
                                        "does not name recordsponge.test (subject CN=neighbour, issuer CN=neighbour, serial number "));
    }

    @Test
    void anotherCertificateForTheHostIsDescribed() throws IOException {
        assertThat(askHttps(https(), "another"))
                .satisfies(result -> assertThat(result.reason()).isEqualTo(Reason.WRONG_CERTIFICATE))
                .satisfies(result -> assertThat(result.message())
                        .contains("presents another certificate (subject CN=another,", "than that in Secret site-tls"));
    }

    /** Whatever is wrong with it: its owner can be asked. */
    @Test
    void theCertificateOfAnotherEnvironmentIsNamed() throws IOException {
        assertThat(askHttps(https(), "elsewhere"))
                .satisfies(result -> assertThat(result.reason()).isEqualTo(Reason.WRONG_CERTIFICATE))
                .satisfies(
                        result -> assertThat(result.message())
                                .startsWith(
                                        "https://recordsponge.test presents the certificate in Secret its-tls of environment shop/prod (subject CN=elsewhere,")
                                .endsWith(
                                        "instead of that in Secret site-tls; remove what covers recordsponge.test from that certificate, or provide the same one in both."));
    }

    @Test
    void anIssuedCertificateThatNobodyTrustsFails() throws IOException {
        assertThat(askHttps(https("", false), "private", "root"))
                .satisfies(result -> assertThat(result.reason()).isEqualTo(Reason.UNTRUSTED_CERTIFICATE))
                .satisfies(result -> assertThat(result.message()).contains("trusts its issuer CN=root;"));
    }

    @Test
    void aProvidedCertificateThatNobodyTrustsIsAWarning() throws IOException {
        assertThat(askHttps(https("", true), "private", "root"))
                .isEqualTo(
                        ProbeResult.answered(
                                https("", true),
                                " Only clients that know its issuer accept its certificate: neither ca.crt of Secret site-tls nor the operator's CA bundle nor the system trusts CN=root."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# NetLock Arany Főtanúsítvány\n"})
    void theOperatorsBundleIsTrusted(String comment) throws IOException {
        var bundle = Files.writeString(folder.resolve("ca.crt"), comment + TestCertificates.ALL.text("root"));
        try (var site = new ScriptedSite(answers(OK, OURS), "private", "root")) {
            assertThat(ask(https("", false), site.port(), Optional.of(bundle), LONG)
                            .answered())
                    .isTrue();
        }
    }

    @Test
    void authoritiesThatAreNoCertificatesAreIgnored() throws IOException {
        assertThat(askHttps(https("no certificate", false), "private", "root").reason())
                .isEqualTo(Reason.UNTRUSTED_CERTIFICATE);
    }

    @Test
    void aRefusedConnectionIsNamed() throws IOException {
        var port = FreePort.find();
        assertThat(ask(http(), port, Optional.empty(), LONG))
                .isEqualTo(ProbeResult.failed(
                        Reason.UNREACHABLE,
                        "Port %d of Service traefik in namespace kube-system refuses connections; check that the ingress controller runs, and its Service's ports.",
                        port));
    }

    @Test
    void aNameThatDoesNotResolveIsNamed() {
        var controller = ControllerService.parse("kube-system/traefik").orElseThrow();
        var elsewhere = new ControllerService(controller.description(), "traefik.invalid", 80, 443);
        assertThat(new HttpSiteProbe(
                                elsewhere,
                                Duration.ofSeconds(10),
                                new PresentedCertificates(new Trust(Optional.empty()), secrets()))
                        .ask(http())
                        .message())
                .startsWith("traefik.invalid does not resolve;");
    }

    @Test
    void silenceEndsAtTheDeadline() throws IOException {
        assertThat(askHttp(
                                http(),
                                (_, connection) -> connection.getInputStream().readAllBytes())
                        .message())
                .contains("has accepted the connection, but does not answer for recordsponge.test");
    }

    @Test
    void aDripEndsAtTheDeadline() throws IOException {
        assertThat(askBriefly(HttpSiteProbeTest::drip).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void drip(ScriptedSite site, Socket connection) throws IOException {
        while (true) {
            ScriptedSite.send(connection.getOutputStream(), "H");
            connection.setSoTimeout(100);
            try {
                ScriptedSite.readRequest(connection.getInputStream());
            } catch (SocketTimeoutException _) {
                // The next byte is due.
            }
        }
    }

    @Test
    void anEndlessHeadIsCut() throws IOException {
        assertThat(askHttp(http(), (_, connection) -> {
                            ScriptedSite.readRequest(connection.getInputStream());
                            ScriptedSite.send(connection.getOutputStream(), OK + "\r\nX: " + "x".repeat(1 << 20));
                        })
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void somethingElseThanHttpIsNoAnswer() throws IOException {
        assertThat(askHttp(http(), answers("SSH-2.0-OpenSSH_9.6")).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void plainHttpAtThePortOfHttpsIsNoAnswer() throws IOException {
        assertThat(askHttp(https(), answers("HTTP/1.1 400 Bad Request")).reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void foreignTextIsCutAndOnOneLine() throws IOException {
        var result = askHttp(http(), answers("HTTP/1.1 302 Found", "Location: \u0007" + "x".repeat(1000)));
        assertThat(result.message()).doesNotContain("\u0007").hasSizeLessThan(500);
    }
}
