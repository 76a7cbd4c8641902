package com.recordsponge.operator.faults;

import com.recordsponge.operator.certificate.Certificate;
import com.recordsponge.operator.support.ChangeHandler;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.StubRegistry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Replace what an API server without nodes lacks: kubelet, volume provisioner, ingress controller, cert-manager. */
final class ControllerStubs implements AutoCloseable {

    private final KubernetesClient client;
    private final List<SharedIndexInformer<?>> informers;

    ControllerStubs(KubernetesClient client) {
        this.client = client;
        this.informers = List.of(
                watch(Pod.class, this::run),
                watch(PersistentVolumeClaim.class, this::bind),
                watch(Ingress.class, this::admit),
                watch(Certificate.class, this::issue));
    }

    private <R extends HasMetadata> SharedIndexInformer<R> watch(Class<R> type, Consumer<R> handler) {
        return client.resources(type)
                .inAnyNamespace()
                .inform(new ChangeHandler<>(object -> ignoringGone(() -> handler.accept(object))));
    }

    private static void ignoringGone(Runnable work) {
        try {
            work.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private void run(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getContainerStatuses().isEmpty()
                && !StubRegistry.isBroken(
                        pod.getSpec().getContainers().getFirst().getImage())) {
            client.resource(pod).editStatus(ControllerWrites::running);
        }
    }

    private void bind(PersistentVolumeClaim claim) {
        if (claim.getSpec().getVolumeName() == null) {
            client.resource(claim).edit(ControllerWrites::bound);
        } else if (!"Bound".equals(claim.getStatus().getPhase())) {
            client.resource(claim).editStatus(ControllerWrites::boundStatus);
        }
    }

    private void admit(Ingress ingress) {
        if (ingress.getStatus().getLoadBalancer().getIngress().isEmpty()) {
            client.resource(ingress).editStatus(ControllerWrites::admitted);
        }
    }

    private void issue(Certificate certificate) {
        var generation = certificate.getMetadata().getGeneration();
        List<Map<String, Object>> conditions = certificate.get("status", "conditions");
        if (conditions != null
                && ((Number) conditions.getFirst().get("observedGeneration")).longValue() == generation) {
            return;
        }
        client.resource(ControllerWrites.issuedSecret(certificate)).serverSideApply();
        client.resource(certificate).editStatus(ControllerWrites::issued);
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
