package com.recordsponge.operator.dev;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** Builds what the pods of all parts have in common: the source tree, volumes and variables. */
final class PartPods {

    /** Volume of the source tree. */
    static final String SOURCE = "source";

    /** Where containers see the source tree. */
    static final String SOURCE_PATH = "/source";

    private PartPods() {}

    /** Read-only as a volume, so that the kubelet does not change owner and mode of the tree's files. */
    static Volume source(DevPlan plan) {
        return new VolumeBuilder()
                .withName(SOURCE)
                .withNewPersistentVolumeClaim()
                .withClaimName(plan.claim())
                .withReadOnly(true)
                .endPersistentVolumeClaim()
                .build();
    }

    /** The whole tree: a folder in it that is replaced is seen, while a mount of that folder would show the old one. */
    static VolumeMount sourceMount() {
        return new VolumeMountBuilder()
                .withName(SOURCE)
                .withMountPath(SOURCE_PATH)
                .withReadOnly(true)
                .build();
    }

    static Volume emptyDir(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    static Volume claim(String name, String claim) {
        return new VolumeBuilder()
                .withName(name)
                .withNewPersistentVolumeClaim()
                .withClaimName(claim)
                .endPersistentVolumeClaim()
                .build();
    }

    static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }
}
