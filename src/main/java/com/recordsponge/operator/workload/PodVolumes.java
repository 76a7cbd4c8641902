package com.recordsponge.operator.workload;

import com.recordsponge.operator.database.DatabaseConnection;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the volumes of a pod, and where its container finds them. */
final class PodVolumes {

    private static final String SESSIONS = "sessions";
    private static final String DATABASE_CA = "database-ca";

    /** What the application writes to, by volume; everything else is read-only. */
    private static final Map<String, String> WRITABLE =
            new TreeMap<>(Map.of("logs", "/src/backend/logs", SESSIONS, "/src/backend/flask_session", "tmp", "/tmp"));

    private PodVolumes() {}

    static List<Volume> volumes(EnvironmentPlan plan) {
        var volumes = new ArrayList<Volume>();
        WRITABLE.keySet()
                .forEach(name -> volumes.add(
                        name.equals(SESSIONS) && plan.sessions().isPresent() ? claimed(name, plan) : emptied(name)));
        if (verifiesDatabase(plan)) {
            var reference = plan.spec().database().caSecretRef();
            volumes.add(new VolumeBuilder()
                    .withName(DATABASE_CA)
                    .withNewSecret()
                    .withSecretName(reference.name())
                    .addNewItem()
                    .withKey(reference.key())
                    .withPath(DatabaseConnection.CA_FILE.substring(DatabaseConnection.CA_FILE.lastIndexOf('/') + 1))
                    .endItem()
                    .endSecret()
                    .build());
        }
        return volumes;
    }

    static List<VolumeMount> mounts(EnvironmentPlan plan) {
        var mounts = new ArrayList<VolumeMount>();
        WRITABLE.forEach((name, path) -> mounts.add(
                new VolumeMountBuilder().withName(name).withMountPath(path).build()));
        if (verifiesDatabase(plan)) {
            mounts.add(new VolumeMountBuilder()
                    .withName(DATABASE_CA)
                    .withMountPath(DatabaseConnection.CA_FILE.substring(0, DatabaseConnection.CA_FILE.lastIndexOf('/')))
                    .withReadOnly(true)
                    .build());
        }
        return mounts;
    }

    private static boolean verifiesDatabase(EnvironmentPlan plan) {
        return plan.database() != null && plan.database().caCertificate() != null;
    }

    private static Volume emptied(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    private static Volume claimed(String name, EnvironmentPlan plan) {
        return new VolumeBuilder()
                .withName(name)
                .withNewPersistentVolumeClaim()
                .withClaimName(plan.sessionsClaim())
                .endPersistentVolumeClaim()
                .build();
    }
}
