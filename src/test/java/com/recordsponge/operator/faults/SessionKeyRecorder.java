package com.recordsponge.operator.faults;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Records every generated session signing key. */
final class SessionKeyRecorder implements AutoCloseable {

    private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Secret> informer;

    SessionKeyRecorder(KubernetesClient client) {
        informer = client.secrets()
                .inAnyNamespace()
                .withField("metadata.name", FullEnvironment.NAME + "-session-key")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Secret secret) {
                        record(secret);
                    }

                    @Override
                    public void onUpdate(Secret before, Secret secret) {
                        record(secret);
                    }

                    @Override
                    public void onDelete(Secret secret, boolean unseen) {
                        record(secret);
                    }
                });
    }

    private void record(Secret secret) {
        keys.computeIfAbsent(secret.getMetadata().getNamespace(), _ -> ConcurrentHashMap.newKeySet())
                .add(secret.getData().get("SECRET_KEY"));
    }

    /** All keys seen, by namespace. */
    Map<String, Set<String>> keys() {
        return keys;
    }

    @Override
    public void close() {
        informer.close();
    }
}
