package com.recordsponge.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.support.DefaultSettings;
import com.recordsponge.operator.support.MutableClock;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses a mock server for responses that a real API server cannot be made to give. */
@EnableKubernetesMockClient
class ClusterCapabilitiesTest {

    private static final String CERT_MANAGER = "/apis/cert-manager.io/v1";
    private static final String TRAEFIK = "/apis/traefik.io/v1alpha1";
    private static final String INGRESS_CLASS = "/apis/networking.k8s.io/v1/ingressclasses/traefik";

    KubernetesMockServer server;
    KubernetesClient client;

    private final MutableClock clock = new MutableClock(Instant.EPOCH);
    private ClusterCapabilities capabilities;

    @BeforeEach
    void createCapabilities() {
        capabilities = new ClusterCapabilities(client, clock, new DefaultSettings());
    }

    @Test
    void anApiServerErrorIsNotAMissingCertManager() {
        // The client retries before it gives up.
        server.expect()
                .get()
                .withPath(CERT_MANAGER)
                .andReturn(500, new StatusBuilder().withCode(500).build())
                .always();
        assertThatThrownBy(() -> capabilities.forIngressClass("traefik")).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void theOperatorCachesFoundCapabilities() {
        serveEverything();
        assertThat(capabilities.forIngressClass("traefik").certManager()).isTrue();
        var requests = server.getRequestCount();
        clock.pass(Duration.ofMinutes(1));
        assertThat(capabilities.forIngressClass("traefik").middlewares()).isTrue();
        assertThat(server.getRequestCount()).isEqualTo(requests);
    }

    @Test
    void theOperatorRechecksMissingCapabilities() {
        server.expect()
                .get()
                .withPath(TRAEFIK)
                .andReturn(200, served("Middleware"))
                .always();
        server.expect()
                .get()
                .withPath(INGRESS_CLASS)
                .andReturn(200, traefikClass())
                .always();
        assertThat(capabilities.forIngressClass("traefik").certManager()).isFalse();
        server.expect()
                .get()
                .withPath(CERT_MANAGER)
                .andReturn(200, served("Certificate"))
                .always();
        clock.pass(new DefaultSettings().capabilityRecheck());
        assertThat(capabilities.forIngressClass("traefik").certManager()).isTrue();
    }

    private void serveEverything() {
        server.expect()
                .get()
                .withPath(CERT_MANAGER)
                .andReturn(200, served("Certificate"))
                .always();
        server.expect()
                .get()
                .withPath(TRAEFIK)
                .andReturn(200, served("Middleware"))
                .always();
        server.expect()
                .get()
                .withPath(INGRESS_CLASS)
                .andReturn(200, traefikClass())
                .always();
    }

    private static Object served(String kind) {
        return new APIResourceListBuilder()
                .addToResources(new APIResourceBuilder().withKind(kind).build())
                .build();
    }

    private static Object traefikClass() {
        return new IngressClassBuilder()
                .withNewMetadata()
                .withName("traefik")
                .endMetadata()
                .withNewSpec()
                .withController("traefik.io/ingress-controller")
                .endSpec()
                .build();
    }
}
