package com.recordsponge.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.MutableClock;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the operator requests an issuer from the API server again. */
@EnableKubernetesMockClient
class IssuersTest {

    private static final String CLUSTER_ISSUER = "/apis/cert-manager.io/v1/clusterissuers/letsencrypt";

    KubernetesMockServer server;
    KubernetesClient client;

    private final MutableClock clock = new MutableClock(Instant.EPOCH);
    private Issuers issuers;

    @BeforeEach
    void createIssuers() {
        issuers = new Issuers(client, clock);
    }

    @Test
    void theOperatorCachesAnExistingIssuer() {
        answer(CLUSTER_ISSUER, 200, 2);
        assertThat(isMissing("ClusterIssuer")).isFalse();
        assertThat(isMissing("ClusterIssuer")).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(1);

        clock.pass(Duration.ofSeconds(11));
        assertThat(isMissing("ClusterIssuer")).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void theOperatorDoesNotCacheAMissingIssuer() {
        assertThat(isMissing("ClusterIssuer")).isTrue();
        answer(CLUSTER_ISSUER, 200, 1);
        assertThat(isMissing("ClusterIssuer")).isFalse();
    }

    @Test
    void theOperatorDistinguishesIssuerKinds() {
        answer(CLUSTER_ISSUER, 200, 1);
        assertThat(isMissing("ClusterIssuer")).isFalse();
        assertThat(isMissing("Issuer")).isTrue();
    }

    @Test
    void aForbiddenIssuerIsNotReportedMissing() {
        answer(CLUSTER_ISSUER, 403, 1);
        assertThat(isMissing("ClusterIssuer")).isFalse();
    }

    @Test
    void anIssuerWithoutConditionsCountsAsReady() {
        answer(CLUSTER_ISSUER, 200, 1);
        assertThat(state("ClusterIssuer")).isEqualTo(IssuerLookup.State.READY);
    }

    @Test
    void anIssuerThatIsNotReadySaysWhy() {
        answer(CLUSTER_ISSUER, 200, 1, condition("False", "Failed to register ACME account: no such host"));
        assertThat(state("ClusterIssuer"))
                .isEqualTo(IssuerLookup.State.notReady("Failed to register ACME account: no such host"));
    }

    @Test
    void aReadyIssuerIsReady() {
        answer(CLUSTER_ISSUER, 200, 1, condition("True", "The ACME account was registered with the ACME server"));
        assertThat(state("ClusterIssuer")).isEqualTo(IssuerLookup.State.READY);
    }

    private static Map<String, Object> condition(String status, String message) {
        return Map.of("conditions", List.of(Map.of("type", "Ready", "status", status, "message", message)));
    }

    private void answer(String path, int code, int times) {
        answer(path, code, times, Map.of());
    }

    private void answer(String path, int code, int times, Map<String, Object> status) {
        server.expect()
                .get()
                .withPath(path)
                .andReturn(
                        code,
                        new GenericKubernetesResourceBuilder()
                                .withApiVersion("cert-manager.io/v1")
                                .withKind("ClusterIssuer")
                                .withNewMetadata()
                                .withName("letsencrypt")
                                .endMetadata()
                                .addToAdditionalProperties("status", status)
                                .build())
                .times(times);
    }

    private boolean isMissing(String kind) {
        return !state(kind).exists();
    }

    private IssuerLookup.State state(String kind) {
        return issuers.state(new CertificatePlan.Issuer("letsencrypt", kind, "cert-manager.io"), "recordsponge");
    }
}
