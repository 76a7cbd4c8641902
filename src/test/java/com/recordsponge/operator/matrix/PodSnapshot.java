package com.recordsponge.operator.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a pod referred to when it started: the data of each object, and the environment variables made of it.
 */
final class PodSnapshot {

    private final String namespace;
    private final ClusterView view;
    private final Map<Reference, Map<String, String>> data = new LinkedHashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private String problem;

    private record Reference(String kind, String name) {}

    private PodSnapshot(String namespace, ClusterView view) {
        this.namespace = namespace;
        this.view = view;
    }

    static PodSnapshot of(Pod pod, ClusterView view) {
        var snapshot = new PodSnapshot(pod.getMetadata().getNamespace(), view);
        pod.getSpec().getVolumes().forEach(snapshot::add);
        snapshot.add(pod.getSpec().getContainers().getFirst());
        return snapshot;
    }

    private void add(Volume volume) {
        if (volume.getSecret() != null) {
            read("Secret", volume.getSecret().getSecretName());
        }
        if (volume.getConfigMap() != null) {
            read("ConfigMap", volume.getConfigMap().getName());
        }
        if (volume.getPersistentVolumeClaim() != null) {
            read("PersistentVolumeClaim", volume.getPersistentVolumeClaim().getClaimName());
        }
    }

    private void add(Container container) {
        container.getEnvFrom().forEach(source -> {
            var values = source.getSecretRef() != null
                    ? read("Secret", source.getSecretRef().getName())
                    : read("ConfigMap", source.getConfigMapRef().getName());
            values.forEach(
                    (name, value) -> environment.put(Objects.requireNonNullElse(source.getPrefix(), "") + name, value));
        });
        container.getEnv().forEach(variable -> {
            if (variable.getValueFrom() == null) {
                environment.put(variable.getName(), variable.getValue());
                return;
            }
            var key = variable.getValueFrom().getSecretKeyRef();
            var value = read("Secret", key.getName()).get(key.getKey());
            if (value == null && problem == null) {
                problem = "couldn't find key %s in Secret %s/%s".formatted(key.getKey(), namespace, key.getName());
            }
            environment.put(variable.getName(), value);
        });
    }

    private Map<String, String> read(String kind, String name) {
        var object = view.object(kind, namespace, name);
        if (object.isEmpty() && problem == null) {
            problem = "%s \"%s\" not found".formatted(kind.toLowerCase(Locale.ROOT), name);
        }
        var values = object.map(PodSnapshot::data).orElse(Map.of());
        data.put(new Reference(kind, name), values);
        return values;
    }

    private static Map<String, String> data(HasMetadata object) {
        var values = new TreeMap<String, String>();
        if (object instanceof Secret secret && secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            values.put(key, new String(Base64.getDecoder().decode(value), UTF_8)));
        }
        if (object instanceof ConfigMap map && map.getData() != null) {
            values.putAll(map.getData());
        }
        return values;
    }

    /** Why the pod cannot start; empty if it can. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /**
     * Which of the operator's objects is no longer as it was. A pod reads variables only once, but one that replaces it would
     * read others. What users own, they can change.
     */
    Optional<String> changed() {
        return data.entrySet().stream()
                .map(entry -> changed(entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> changed(Reference reference, Map<String, String> before) {
        var now = view.object(reference.kind(), namespace, reference.name());
        if (now.isEmpty()) {
            return isUsers(reference)
                    ? Optional.empty()
                    : Optional.of("%s %s is gone".formatted(reference.kind(), reference.name()));
        }
        var owned = now.get().getMetadata().getLabels() != null
                && now.get().getMetadata().getLabels().containsKey(Labels.ENVIRONMENT);
        return owned && !data(now.get()).equals(before)
                ? Optional.of("%s %s has changed".formatted(reference.kind(), reference.name()))
                : Optional.empty();
    }

    /** The operator's own objects have a name that begins with the environment's. */
    private static boolean isUsers(Reference reference) {
        return !reference.name().startsWith("site");
    }
}
