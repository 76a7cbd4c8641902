package com.recordsponge.operator.cluster;

import com.recordsponge.operator.cluster.ReferencedVersions.Read;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.Reference.Kind;
import com.recordsponge.operator.plan.ReferencedData;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a Secret or ConfigMap with its data from the API server. */
final class ObjectReader {

    private final KubernetesClient client;

    ObjectReader(KubernetesClient client) {
        this.client = client;
    }

    /** Empty if the object does not exist. */
    Optional<Read> read(Reference reference) {
        return reference.kind() == Kind.SECRET
                ? read(
                        reference,
                        client.secrets(),
                        secret -> new ReferencedData(SecretData.decoded(secret), Optional.ofNullable(secret.getType())))
                : read(
                        reference,
                        client.configMaps(),
                        // The kubelet makes no environment variables of binaryData.
                        configMap -> new ReferencedData(bytes(configMap.getData()), Optional.empty()));
    }

    private static <R extends HasMetadata> Optional<Read> read(
            Reference reference, MixedOperation<R, ?, Resource<R>> objects, Function<R, ReferencedData> content) {
        return Optional.ofNullable(objects.inNamespace(reference.namespace())
                        .withName(reference.name())
                        .get())
                .map(object -> new Read(object.getMetadata().getResourceVersion(), content.apply(object)));
    }

    private static Map<String, byte[]> bytes(Map<String, String> texts) {
        var bytes = new TreeMap<String, byte[]>();
        if (texts != null) {
            texts.forEach((key, text) -> bytes.put(key, text.getBytes(StandardCharsets.UTF_8)));
        }
        return bytes;
    }
}
