package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;

/**
 * What the features add to the application's pods, while an environment is planned.
 *
 * @param volumes volumes; each replaces the application's own volume of the same name
 * @param mounts volume mounts of the application's container
 * @param environment variables of the application's container
 * @param environmentSources Secrets and ConfigMaps whose keys become variables of the application's container
 * @param containers containers in addition to the application's; one without an image runs the application's
 * @param initContainers containers that run before; one without an image runs the application's
 * @param command what the application's container runs; empty for the image's own command
 * @param data what pods read from Secrets and ConfigMaps of others
 * @param destinations what pods connect to
 */
public record PodParts(
        List<Volume> volumes,
        List<VolumeMount> mounts,
        List<EnvVar> environment,
        List<EnvFromSource> environmentSources,
        List<Container> containers,
        List<Container> initContainers,
        List<String> command,
        List<PodData> data,
        List<Destination> destinations) {

    PodParts() {
        this(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /**
     * A TCP port that pods connect to.
     *
     * @param addresses IP addresses; none if they are not known yet
     */
    public record Destination(List<String> addresses, int port) {}

    /** Whether all addresses that pods connect to are known; until then the NetworkPolicy keeps those that it has. */
    public boolean destinationsKnown() {
        return destinations.stream()
                .noneMatch(destination -> destination.addresses().isEmpty());
    }

    /** Whether the pods share a volume that they write to, which only one node can mount. */
    public boolean shareVolume() {
        return volumes.stream()
                .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                        && !Boolean.TRUE.equals(
                                volume.getPersistentVolumeClaim().getReadOnly()));
    }
}
