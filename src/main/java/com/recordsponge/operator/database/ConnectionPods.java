package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.PodParts;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.nio.file.Path;

/** Builds what pods require to connect: the connection's variables and the CA certificate. */
final class ConnectionPods {

    private static final String CA_VOLUME = "database-ca";

    private ConnectionPods() {}

    static void add(DatabasePlan plan, PodParts parts) {
        parts.environmentSources()
                .add(new EnvFromSourceBuilder()
                        .withNewSecretRef(plan.objectName(), null)
                        .build());
        if (plan.ca() != null) {
            addCa(plan, parts);
        }
    }

    private static void addCa(DatabasePlan plan, PodParts parts) {
        var file = Path.of(DatabaseConnection.CA_FILE);
        parts.volumes()
                .add(new VolumeBuilder()
                        .withName(CA_VOLUME)
                        .withNewSecret()
                        .withSecretName(plan.ca().name())
                        .addNewItem()
                        .withKey(plan.ca().key())
                        .withPath(file.getFileName().toString())
                        .endItem()
                        .endSecret()
                        .build());
        parts.mounts()
                .add(new VolumeMountBuilder()
                        .withName(CA_VOLUME)
                        .withMountPath(file.getParent().toString())
                        .withReadOnly(true)
                        .build());
    }
}
