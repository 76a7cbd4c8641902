package com.recordsponge.operator.image;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Map;

/** Pods of an environment named staging that report an image. */
final class ImagePods {

    private ImagePods() {}

    static Pod pod(String name, int createdSecond, boolean ready, String imageId) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("pod-template-hash", "abc"))
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName("staging-abc")
                .withUid("00000000-0000-0000-0000-000000000000")
                .endOwnerReference()
                .withCreationTimestamp("2026-01-01T00:00:%02dZ".formatted(createdSecond))
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("app")
                .withReady(ready)
                .withImageID(imageId)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    /** A pod of a template; its image is being pulled if the image's ID is empty. */
    static Pod pod(String imageId, PodSpec template) {
        var pod = pod("pod-" + imageId.length(), imageId.length(), !imageId.isEmpty(), imageId);
        pod.setSpec(template);
        return pod;
    }
}
