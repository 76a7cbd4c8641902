package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Builds the volumes of a pod and their mounts. A feature can replace the emptyDir of the same name. */
final class PodVolumes {

    /** The volume with the sessions of visitors. */
    static final String SESSIONS = "sessions";

    /** The folders that the application writes to, by volume; everything else is read-only. */
    private static final Map<String, String> WRITABLE =
            new TreeMap<>(Map.of("logs", "/src/backend/logs", SESSIONS, "/src/backend/flask_session", "tmp", "/tmp"));

    private PodVolumes() {}

    static List<Volume> volumes(EnvironmentPlan plan) {
        var volumes = new LinkedHashMap<String, Volume>();
        WRITABLE.keySet().forEach(name -> volumes.put(name, emptyDir(name)));
        plan.pods().volumes().forEach(volume -> volumes.put(volume.getName(), volume));
        return List.copyOf(volumes.values());
    }

    static List<VolumeMount> mounts(EnvironmentPlan plan) {
        var writable = WRITABLE.entrySet().stream().map(entry -> new VolumeMountBuilder()
                .withName(entry.getKey())
                .withMountPath(entry.getValue())
                .build());
        return Stream.concat(writable, plan.pods().mounts().stream()).toList();
    }

    private static Volume emptyDir(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }
}
