package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.PodParts;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Builds what pods require to connect: the connection's variables and the CA certificate. */
final class ConnectionPods {

    static final String CA_VOLUME = "database-ca";

    private static final Path CA_FILE = Path.of(DatabaseConnection.CA_FILE);

    private ConnectionPods() {}

    /** The requested connection, or until pods get it the present one, if there is one. */
    static void add(DatabasePlan plan, PodParts parts) {
        if (plan.assigned().isPresent()) {
            addSecret(plan.secretName().orElseThrow(), parts);
            plan.ca().ifPresent(ca -> {
                parts.data().add(ca);
                addCa(volume(ca), parts);
            });
        } else {
            plan.current().ifPresent(current -> {
                addSecret(current.name(), parts);
                current.ca().ifPresent(volume -> addCa(volume, parts));
            });
        }
    }

    private static void addSecret(String name, PodParts parts) {
        parts.environmentSources()
                .add(new EnvFromSourceBuilder().withNewSecretRef(name, null).build());
    }

    private static Volume volume(PodData ca) {
        return volume(ca.copy().orElseThrow(), ca.content().keySet().iterator().next());
    }

    /** The volume of a copy that can hold a CA certificate: one with a single key. */
    static Stream<Volume> ca(Secret copy) {
        var keys = SecretData.decoded(copy).keySet();
        return keys.size() == 1
                ? Stream.of(volume(copy.getMetadata().getName(), keys.iterator().next()))
                : Stream.empty();
    }

    private static Volume volume(String copy, String key) {
        return new VolumeBuilder()
                .withName(CA_VOLUME)
                .withNewSecret()
                .withSecretName(copy)
                .addNewItem()
                .withKey(key)
                .withPath(CA_FILE.getFileName().toString())
                .endItem()
                .endSecret()
                .build();
    }

    private static void addCa(Volume volume, PodParts parts) {
        parts.volumes().add(volume);
        parts.mounts()
                .add(new VolumeMountBuilder()
                        .withName(CA_VOLUME)
                        .withMountPath(CA_FILE.getParent().toString())
                        .withReadOnly(true)
                        .build());
    }
}
