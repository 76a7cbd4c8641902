package com.recordsponge.operator.support;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Reports the pods of one namespace as ready, on an API server without nodes. It cannot pull one image. */
public final class TestKubelet implements AutoCloseable {

    private static final String UNAVAILABLE = FakeRegistryClient.digest("recordsponge/expungeservice:bad");

    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> informer;

    public TestKubelet(KubernetesClient client, String namespace) {
        this.client = client;
        this.informer = client.pods().inNamespace(namespace).inform(new ChangeHandler<>(this::run));
    }

    private void run(Pod pod) {
        if (cannotPull(pod) || !pod.getStatus().getContainerStatuses().isEmpty()) {
            return;
        }
        try {
            client.resource(pod).editStatus(ControllerWrites::running);
        } catch (KubernetesClientException _) {
            // Deleted in the meantime, or changed: then another event follows.
        }
    }

    /** Whether the pod's image is the one of tag {@code bad}, which its pods never get. */
    public static boolean cannotPull(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage().endsWith(UNAVAILABLE);
    }

    @Override
    public void close() {
        informer.close();
    }
}
