package com.recordsponge.operator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.certificate.CertificateSecrets;
import com.recordsponge.operator.plan.UniqueName;
import com.recordsponge.operator.runtime.ControllerService;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.RealTraefik;
import com.recordsponge.operator.support.SiteAnswer;
import com.recordsponge.operator.support.StubPods;
import com.recordsponge.operator.support.TestTraefik;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the operator reports of sites behind a real Traefik. */
@QuarkusTest
@TestProfile(RealTraefik.class)
class TraefikProbeApiTest extends ApiTest {

    private static final String HOST = "site.test";

    private static final String NEW_HOST = "new.test";

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: site.test
      tls: {secretName: provided}
      """;

    /** Lets the operator ask through this Traefik. */
    private void askThrough(TestTraefik traefik) {
        var service = new ControllerService("Traefik", "127.0.0.1", traefik.httpPort(), traefik.httpsPort());
        var certificates = new PresentedCertificates(new Trust(Optional.empty()), new CertificateSecrets());
        var real = new HttpSiteProbe(service, Duration.ofSeconds(2), certificates);
        site.script(HOST, real::ask);
        site.script(NEW_HOST, real::ask);
    }

    private void restore() {
        site.restore(HOST);
        site.restore(NEW_HOST);
    }

    private StubPods pods() throws IOException {
        rollOut("site");
        return StubPods.answering(client(), namespace, UniqueName.of(namespace, "site", "", ""), "hello");
    }

    @Test
    void aFreshSiteIsReadyOnceItAnswers() throws IOException {
        certificate("provided", HOST);
        apply("site", SPEC);
        try (var traefik = new TestTraefik(SERVER, namespace)) {
            askThrough(traefik);
            rollOut("site");
            assertThat(awaitCondition("site", "RouteReady", "False", "UnexpectedStatus")
                            .getMessage())
                    .startsWith("https://site.test/api/hello answers with status 503: ");
            assertThat(awaitCondition("site", "Ready", "False", "UnexpectedStatus"))
                    .isNotNull();
            try (var _ = pods()) {
                assertThat(awaitCondition("site", "Ready", "True", "Running").getMessage())
                        .startsWith("The site answers at https://site.test.");
                assertThat(traefik.visitor().https(HOST, "/api/hello").status()).isEqualTo(200);
            }
        } finally {
            restore();
        }
    }

    @Test
    void aDeadIngressControllerIsReportedUntilItIsBack() throws IOException {
        certificate("provided", HOST);
        apply("site", SPEC);
        try (var traefik = new TestTraefik(SERVER, namespace)) {
            askThrough(traefik);
            try (var _ = pods()) {
                awaitCondition("site", "Ready", "True", "Running");
                traefik.stop();
                assertThat(awaitCondition("site", "RouteReady", "False", "Unreachable")
                                .getMessage())
                        .isEqualTo(
                                "Port %d of Traefik refuses connections; check that the ingress controller runs, and its Service's ports."
                                        .formatted(traefik.httpsPort()));
                awaitCondition("site", "Ready", "False", "Unreachable");
                traefik.start();
                awaitCondition("site", "Ready", "True", "Running");
            }
        } finally {
            restore();
        }
    }

    @Test
    void everyAnswerOfTheSiteIsMarked() throws IOException {
        certificate("provided", HOST, "www.site.test");
        // The password is "secret".
        secret("users", Map.of("users", "access:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="));
        apply("site", SPEC + "aliases: [www.site.test]\ningress: {basicAuth: [{path: /, secretRef: {name: users}}]}\n");
        var identity = SiteIdentity.of(environment("site"));
        try (var traefik = new TestTraefik(SERVER, namespace)) {
            askThrough(traefik);
            try (var _ = pods()) {
                awaitCondition("site", "Ready", "True", "Running");
                var visitor = traefik.visitor();
                assertMarked(visitor.https(HOST, "/api/hello"), 401, identity);
                eventually(() -> assertMarked(visitor.https("www.site.test", "/api/hello"), 301, identity));
                eventually(() -> assertMarked(visitor.http(HOST, "/api/hello"), 301, identity));
            }
        } finally {
            restore();
        }
    }

    @Test
    void theOldHostServesUntilTheNewOneHasAnswered() throws IOException {
        certificate("provided", HOST, NEW_HOST);
        apply("site", SPEC);
        try (var traefik = new TestTraefik(SERVER, namespace)) {
            askThrough(traefik);
            try (var _ = pods()) {
                awaitCondition("site", "Ready", "True", "Running");
                site.script(NEW_HOST, _ -> ProbeResult.failed(Reason.WRONG_SITE, "Another site answers."));
                apply("site", SPEC.replace(HOST, NEW_HOST));
                awaitCondition("site", "Ready", "False", "WrongSite");
                assertThat(traefik.visitor().https(HOST, "/api/hello").status()).isEqualTo(200);
                askThrough(traefik);
                awaitCondition("site", "Ready", "True", "Running");
                eventually(() ->
                        assertThat(environment("site").getStatus().hosts()).containsExactly(NEW_HOST));
            }
        } finally {
            restore();
        }
    }

    private static void assertMarked(SiteAnswer answer, int status, String identity) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.header(SiteIdentity.HEADER)).contains(identity);
    }

    @Test
    void traefiksDefaultCertificateIsNamed() throws IOException {
        try (var traefik = new TestTraefik(SERVER, namespace)) {
            askThrough(traefik);
            var request = new SiteRequest(
                    HOST,
                    Optional.of(new WantedCertificate("provided", "00", "", true)),
                    Optional.of("id"),
                    false,
                    "form",
                    "content");
            eventually(() -> assertThat(site.ask(request).message())
                    .contains("presents Traefik's default certificate, which no client accepts"));
        } finally {
            restore();
        }
    }
}
