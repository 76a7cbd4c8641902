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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Issues real certificates, after a while, for ClusterIssuers that it knows: all but one have the same authority. */
final class StubCertManager implements AutoCloseable {

    static final String ISSUER = "first-issuer";
    static final String OTHER_ISSUER = "second-issuer";
    static final String UNREADY_ISSUER = "unready-issuer";

    /** Of an authority that clients do not know; like those of ACME, its certificates come without it. */
    static final String UNTRUSTED_ISSUER = "untrusted-issuer";

    /** No authority confirms a name below this one. */
    static final String UNCERTIFIABLE = "uncertifiable.test";

    private static final Duration ISSUANCE = Duration.ofMillis(1500);

    private final KubernetesClient client;
    private final TestAuthority authority;
    private final TestAuthority unknownAuthority = new TestAuthority();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final SharedIndexInformer<Certificate> certificates;

    StubCertManager(KubernetesClient client, TestAuthority authority) throws IOException {
        this.client = client;
        this.authority = authority;
        issuer(ISSUER, "'True'");
        issuer(OTHER_ISSUER, "'True'");
        issuer(UNTRUSTED_ISSUER, "'True'");
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
        return issuer.get("kind").equals("ClusterIssuer")
                && issuer.get("group").equals("cert-manager.io")
                && Set.of(ISSUER, OTHER_ISSUER, UNTRUSTED_ISSUER).contains(issuer.get("name"))
                && names(certificate).stream().noneMatch(name -> name.endsWith(UNCERTIFIABLE));
    }

    private static List<String> names(Certificate certificate) {
        return certificate.get("spec", "dnsNames");
    }

    private Map<String, String> files(Certificate certificate) throws IOException {
        if (!UNTRUSTED_ISSUER.equals(certificate.get("spec", "issuerRef", "name"))) {
            return authority.issue(names(certificate));
        }
        var files = new HashMap<>(unknownAuthority.issue(names(certificate)));
        files.remove("ca.crt");
        return files;
    }

    private void issue(Certificate certificate) {
        try {
            client.resource(ControllerWrites.issuedSecret(certificate)
                            .edit()
                            .withStringData(files(certificate))
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
