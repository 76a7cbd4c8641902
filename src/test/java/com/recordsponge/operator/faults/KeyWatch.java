package com.recordsponge.operator.faults;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers every generated session signing key that there has ever been. */
final class KeyWatch implements AutoCloseable {

    private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Secret> informer;

    KeyWatch(KubernetesClient client) {
        informer = client.secrets()
                .inAnyNamespace()
                .withField("metadata.name", FullEnvironment.NAME + "-session-key")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Secret secret) {
                        remember(secret);
                    }

                    @Override
                    public void onUpdate(Secret before, Secret secret) {
                        remember(secret);
                    }

                    @Override
                    public void onDelete(Secret secret, boolean unseen) {
                        remember(secret);
                    }
                });
    }

    private void remember(Secret secret) {
        keys.computeIfAbsent(secret.getMetadata().getNamespace(), _ -> ConcurrentHashMap.newKeySet())
                .add(secret.getData().get("SECRET_KEY"));
    }

    /** By namespace. */
    Map<String, Set<String>> keys() {
        return keys;
    }

    @Override
    public void close() {
        informer.close();
    }
}
