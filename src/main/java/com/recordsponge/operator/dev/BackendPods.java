package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Part;
import com.recordsponge.operator.plan.PodParts;
import com.recordsponge.operator.workload.LiteralText;
import com.recordsponge.operator.workload.PodSecurity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;

/**
 * Lets the application's pods run the source tree. The folders of the image are covered by writable ones with links into
 * the tree, so that whatever the application and its tools write beside the source stays out of it.
 */
final class BackendPods {

    static final String PART = "backend";

    private static final String BACKEND = "backend";
    private static final String FRONTEND = "frontend";
    private static final String BACKEND_PATH = "/src/backend";
    private static final String FRONTEND_PATH = "/src/frontend";
    private static final String EVIDENCE_PATH = "/evidence";

    /** Only this container sees the folder of the image: the others have the tree in its place. */
    private static final String IMAGE_LOCK =
            "{ if [ -n \"$RECORDSPONGE_PIPFILE_LOCK\" ]; then echo \"$RECORDSPONGE_PIPFILE_LOCK\"; elif [ -f %1$s/Pipfile.lock ]; then sha256sum %1$s/Pipfile.lock | cut -c1-64; fi; } >%2$s/.image-lock"
                    .formatted(BACKEND_PATH, EVIDENCE_PATH);

    private BackendPods() {}

    static void add(DevPlan plan, PodParts parts) {
        parts.volumes().add(PartPods.source(plan));
        parts.volumes().add(PartPods.emptyDir(BACKEND));
        parts.volumes().add(PartPods.emptyDir(FRONTEND));
        parts.mounts().addAll(mounts());
        parts.environment().add(PartPods.variable("RECORDSPONGE_LINKS", links()));
        parts.command().addAll(Supervisor.python(Supervisor.Role.BACKEND, Supervisor.REPORT_PORT, plan.command()));
        parts.initContainers().add(imageLock());
        plan.watchers(Part.BACKEND).forEach(watcher -> parts.containers().add(watcher(watcher)));
    }

    private static String links() {
        return "%1$s/src/backend:%2$s,%1$s/src/frontend:%3$s"
                .formatted(PartPods.SOURCE_PATH, BACKEND_PATH, FRONTEND_PATH);
    }

    private static List<VolumeMount> mounts() {
        return List.of(
                PartPods.sourceMount(), PartPods.mount(BACKEND, BACKEND_PATH), PartPods.mount(FRONTEND, FRONTEND_PATH));
    }

    private static Container imageLock() {
        return new ContainerBuilder()
                .withName("image-lock")
                .withCommand("sh", "-c", LiteralText.of(IMAGE_LOCK))
                .withSecurityContext(PodSecurity.container())
                .withVolumeMounts(PartPods.mount(BACKEND, EVIDENCE_PATH))
                .build();
    }

    private static Container watcher(DevPlan.Watcher watcher) {
        return new ContainerBuilder()
                .withName(Watchers.container(watcher))
                .withCommand(Supervisor.python(Supervisor.Role.WATCHER, watcher.port(), watcher.command()))
                .withSecurityContext(PodSecurity.container())
                .withVolumeMounts(mounts())
                .addToVolumeMounts(PartPods.mount("tmp", "/tmp"))
                .build();
    }
}
