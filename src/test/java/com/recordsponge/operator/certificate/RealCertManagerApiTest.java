package com.recordsponge.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import com.recordsponge.operator.support.TestAcmeServer;
import com.recordsponge.operator.support.TestCertManager;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real cert-manager and a real ACME server: what they write, and what the operator makes of it.
 */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class RealCertManagerApiTest extends ApiTest {

    private static final String HERE = "127.0.0.1";
    private static final String NOTHING_LISTENS = "127.0.0.9";

    private ChallengeSites sites;
    private ChallengeSites selfChecks;
    private TestAcmeServer acme;
    private TestCertManager certManager;

    /** An environment whose certificate cannot be issued. */
    private record Failure(String name, String issuer, String reason, IssuanceCause cause) {}

    private static final List<Failure> FAILURES = List.of(
            new Failure("closed", "acme", "ChallengeFailed", IssuanceCause.PORT_80_CLOSED),
            new Failure("unknown", "acme", "ChallengeFailed", IssuanceCause.NAME_NOT_RESOLVED),
            new Failure("nginx", "acme", "ChallengeFailed", IssuanceCause.OTHER_SERVER),
            new Failure("elsewhere", "acme", "Issuing", IssuanceCause.OTHER_SERVER),
            new Failure("rejected", "acme", "OrderFailed", IssuanceCause.NAME_REJECTED),
            new Failure("a", "untrusted", "IssuerNotReady", IssuanceCause.ACME_SERVER_UNTRUSTED),
            new Failure("b", "unreachable", "IssuerNotReady", IssuanceCause.ACME_SERVER_UNREACHABLE),
            new Failure("c", "mail", "IssuerNotReady", IssuanceCause.ACME_CONTACT),
            new Failure("d", "ca", "IssuerNotReady", IssuanceCause.CA_SECRET));

    @BeforeEach
    void start() throws Exception {
        SERVER.installCertManagerCrds();
        sites = new ChallengeSites(client(), namespace, "nginx.example.org");
        selfChecks = new ChallengeSites(client(), namespace, "elsewhere.example.org");
        acme = new TestAcmeServer(sites.port());
        certManager = new TestCertManager(SERVER, namespace, selfChecks.port());
        for (var host : List.of("nginx.example.org", "elsewhere.example.org", "site.example.org")) {
            acme.resolve(host, HERE);
        }
        acme.resolve("closed.example.org", NOTHING_LISTENS);
        var trusted = "caBundle: " + acme.caBundle();
        acmeIssuer("acme", acme.directory(), trusted);
        acmeIssuer("second", acme.directory(), trusted);
        acmeIssuer("untrusted", acme.directory(), "");
        acmeIssuer("unreachable", "https://127.0.0.1:9/dir", "");
        acmeIssuer("mail", acme.directory(), trusted + ", email: nobody@");
        issuer("ca", "{ca: {secretName: no-such-secret}}");
    }

    @AfterEach
    void stop() {
        certManager.close();
        acme.close();
        selfChecks.close();
        sites.close();
    }

    @Test
    void everyFailureIsExplained() {
        FAILURES.forEach(failure -> request(failure.name(), failure.issuer()));
        for (var failure : FAILURES) {
            eventually(() -> assertThat(condition(failure.name(), "CertificateReady"))
                    .hasValueSatisfying(condition -> {
                        assertThat(condition.getMessage())
                                .contains(failure.cause().cause().replace("`", "") + "; ");
                        assertThat(condition.getReason()).isEqualTo(failure.reason());
                    }));
        }
    }

    @Test
    void theWayBackNeedsNoOtherIssuance() {
        request("site", "acme");
        awaitCondition("site", "CertificateReady", "True", "Issued");
        var first = certificates().getFirst();
        request("site", "second");
        eventually(() -> assertThat(certificates()).hasSize(1).doesNotContain(first));
        awaitCondition("site", "CertificateReady", "True", "Issued");
        assertThat(requests()).isEqualTo(2);

        request("site", "acme");
        awaitCondition("site", "CertificateReady", "True", "Issued");
        assertThat(requests()).as("the first Secret is used again").isEqualTo(2);
    }

    private void request(String name, String issuer) {
        apply(name, """
            tier: staging
            image: recordsponge/expungeservice:staging
            host: %s.example.org
            tls: {issuerRef: {name: %s, kind: Issuer}}
            """.formatted(name, issuer));
    }

    private List<String> certificates() {
        return client().resources(Certificate.class).inNamespace(namespace).list().getItems().stream()
                .map(certificate -> certificate.getMetadata().getName())
                .toList();
    }

    private int requests() {
        return client().genericKubernetesResources("cert-manager.io/v1", "CertificateRequest")
                .inNamespace(namespace)
                .list()
                .getItems()
                .size();
    }

    private void acmeIssuer(String name, String server, String more) {
        issuer(
                name,
                "{acme: {server: '%s', privateKeySecretRef: {name: account-%s}, solvers: [{http01: {ingress: {class: traefik}}}], %s}}"
                        .formatted(server, name, more));
    }

    private void issuer(String name, String spec) {
        client().resource(
                        Serialization.unmarshal("""
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {namespace: %s, name: %s}
                spec: %s
                """.formatted(namespace, name, spec), GenericKubernetesResource.class))
                .serverSideApply();
    }
}
