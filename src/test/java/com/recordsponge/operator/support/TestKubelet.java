package com.recordsponge.operator.support;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Reports the pods of one namespace as ready, on an API server without nodes. It cannot pull an image of the tag {@code bad}. */
public final class TestKubelet implements AutoCloseable {

    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> informer;

    public TestKubelet(KubernetesClient client, String namespace) {
        this.client = client;
        this.informer = client.pods().inNamespace(namespace).inform(new ChangeHandler<>(this::run));
    }

    private void run(Pod pod) {
        var image = pod.getSpec().getContainers().getFirst().getImage();
        if (image.endsWith(":bad") || !pod.getStatus().getContainerStatuses().isEmpty()) {
            return;
        }
        try {
            client.resource(pod).editStatus(ControllerWrites::running);
        } catch (KubernetesClientException _) {
            // Deleted in the meantime, or changed: then another event follows.
        }
    }

    @Override
    public void close() {
        informer.close();
    }
}
