package com.recordsponge.operator.matrix;

import com.recordsponge.operator.certificate.Certificate;
import com.recordsponge.operator.support.ChangeHandler;
import com.recordsponge.operator.support.ControllerWrites;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Issues real certificates of one authority, after a while, for ClusterIssuers that it knows. */
final class StubCertManager implements AutoCloseable {

    static final String ISSUER = "first-issuer";
    static final String OTHER_ISSUER = "second-issuer";
    static final String UNREADY_ISSUER = "unready-issuer";

    /** No authority confirms a name below this one. */
    static final String UNCERTIFIABLE = "uncertifiable.test";

    private static final Duration ISSUANCE = Duration.ofMillis(1500);

    private final KubernetesClient client;
    private final TestAuthority authority;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final SharedIndexInformer<Certificate> certificates;

    StubCertManager(KubernetesClient client, TestAuthority authority) {
        this.client = client;
        this.authority = authority;
        issuer(ISSUER, "'True'");
        issuer(OTHER_ISSUER, "'True'");
        issuer(UNREADY_ISSUER, "'False'");
        certificates = client.resources(Certificate.class).inAnyNamespace().inform(new ChangeHandler<>(this::observe));
    }

    private void issuer(String name, String ready) {
        var issuer = Serialization.unmarshal("""
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: %s}
            spec: {selfSigned: {}}
            """.formatted(name), GenericKubernetesResource.class);
        client.resource(issuer).serverSideApply();
        issuer.setAdditionalProperty(
                "status",
                Serialization.unmarshal(
                        "---\n{conditions: [{type: Ready, status: %s, reason: Stub, message: as told}]}"
                                .formatted(ready),
                        Map.class));
        client.resource(issuer).updateStatus();
    }

    private void observe(Certificate certificate) {
        if (isDone(certificate) || !isPossible(certificate)) {
            return;
        }
        clock.schedule(() -> issue(certificate), ISSUANCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isDone(Certificate certificate) {
        List<Map<String, Object>> conditions = certificate.get("status", "conditions");
        return conditions != null
                && ((Number) conditions.getFirst().get("observedGeneration")).longValue()
                        == certificate.getMetadata().getGeneration();
    }

    private static boolean isPossible(Certificate certificate) {
        Map<String, String> issuer = certificate.get("spec", "issuerRef");
        List<String> names = certificate.get("spec", "dnsNames");
        return issuer.get("kind").equals("ClusterIssuer")
                && issuer.get("group").equals("cert-manager.io")
                && Set.of(ISSUER, OTHER_ISSUER).contains(issuer.get("name"))
                && names.stream().noneMatch(name -> name.endsWith(UNCERTIFIABLE));
    }

    private void issue(Certificate certificate) {
        try {
            client.resource(ControllerWrites.issuedSecret(certificate)
                            .edit()
                            .withStringData(authority.issue(certificate.get("spec", "dnsNames")))
                            .build())
                    .forceConflicts()
                    .serverSideApply();
            client.resource(certificate).editStatus(ControllerWrites::issued);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (KubernetesClientException _) {
            // The Certificate or its namespace has gone, or a newer one is on its way here.
        }
    }

    @Override
    public void close() {
        certificates.close();
        clock.shutdownNow();
    }
}
