package com.recordsponge.operator.support;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports the Deployments of one namespace as rolled out once a test says so, on an API server without controllers. Like
 * the real one it reports every later generation, too, as long as that needs no new pods: the operator can write again
 * after the test has looked.
 */
final class TestDeploymentController implements AutoCloseable {

    private final KubernetesClient client;
    private final Map<String, DeploymentSpec> available = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Deployment> informer;

    TestDeploymentController(KubernetesClient client, String namespace) {
        this.client = client;
        this.informer = client.apps().deployments().inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Deployment deployment) {
                observe(deployment);
            }

            @Override
            public void onUpdate(Deployment before, Deployment deployment) {
                observe(deployment);
            }

            @Override
            public void onDelete(Deployment deployment, boolean unseen) {
                available.remove(deployment.getMetadata().getName());
            }
        });
    }

    /** The pods of the Deployment as it is now become available. */
    void rollOut(Deployment deployment) {
        Edits.editStatus(client, deployment, current -> {
            available.put(current.getMetadata().getName(), current.getSpec());
            return ControllerWrites.rolledOut(current);
        });
    }

    private void observe(Deployment deployment) {
        var rolledOut = available.get(deployment.getMetadata().getName());
        if (rolledOut == null || isObserved(deployment) || needsPods(rolledOut, deployment.getSpec())) {
            return;
        }
        try {
            client.resource(deployment).editStatus(ControllerWrites::rolledOut);
        } catch (KubernetesClientException _) {
            // Deleted in the meantime, or changed: then another event follows.
        }
    }

    private static boolean needsPods(DeploymentSpec rolledOut, DeploymentSpec spec) {
        return spec.getReplicas() > 0
                && !(rolledOut.getReplicas().equals(spec.getReplicas())
                        && rolledOut.getTemplate().equals(spec.getTemplate()));
    }

    private static boolean isObserved(Deployment deployment) {
        return Objects.equals(
                deployment.getStatus().getObservedGeneration(),
                deployment.getMetadata().getGeneration());
    }

    @Override
    public void close() {
        informer.close();
    }
}
