package com.recordsponge.operator.e2e;

import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder on the node as a PersistentVolume, as the cluster has no provisioner; the tests run on the node. */
final class TestVolume {

    private static final String LABEL = "recordsponge.com/test-volume";
    private static final String FOLDER = "recordsponge-test-volume";
    private static final String HOSTNAME = "kubernetes.io/hostname";

    private TestVolume() {}

    /** Creates a volume for the claim with the given StorageClass. */
    static void create(TestCluster cluster, String storageClass, String size) {
        create(cluster, storageClass, storageClass, size);
    }

    /** Creates one of several volumes for claims with the given StorageClass. */
    static void create(TestCluster cluster, String name, String storageClass, String size) {
        create(
                cluster,
                volume(cluster, name, newFolder(), size)
                        .editSpec()
                        .withStorageClassName(storageClass)
                        .endSpec());
    }

    /** Creates a volume without StorageClass for one claim of the environments' namespace, in a new folder of a user. */
    static void bind(TestCluster cluster, String claim, String size, int owner) {
        var folder = newFolder();
        run("chown", "%1$d:%1$d".formatted(owner), folder.toString());
        run("chmod", "2770", folder.toString());
        bind(cluster, claim, folder, size);
    }

    /** Creates a volume without StorageClass for one claim of the environments' namespace, which shows a folder. */
    static void bind(TestCluster cluster, String claim, Path folder, String size) {
        create(
                cluster,
                volume(cluster, claim, folder, size)
                        .editSpec()
                        .withClaimRef(new ObjectReferenceBuilder()
                                .withNamespace(cluster.namespace())
                                .withName(claim)
                                .build())
                        .endSpec());
    }

    private static PersistentVolumeBuilder volume(TestCluster cluster, String name, Path folder, String size) {
        var node = cluster.client().nodes().list().getItems().getFirst();
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(LABEL, "")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withCapacity(Map.of("storage", new Quantity(size)))
                .withNewLocal(null, folder.toString())
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey(HOSTNAME)
                .withOperator("In")
                .withValues(node.getMetadata().getLabels().get(HOSTNAME))
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec();
    }

    private static void create(TestCluster cluster, PersistentVolumeBuilder volume) {
        cluster.client().resource(volume.build()).create();
    }

    /** Deletes the volumes of StorageClasses or claims, with their folders: other tests have theirs at the same time. */
    static void remove(TestCluster cluster, String... names) {
        all(cluster)
                .filter(volume -> List.of(names).contains(volume.getMetadata().getName()))
                .forEach(volume -> remove(cluster, volume));
    }

    /** Deletes the volumes of earlier runs. */
    static void removeAll(TestCluster cluster) {
        all(cluster).forEach(volume -> remove(cluster, volume));
    }

    private static Stream<PersistentVolume> all(TestCluster cluster) {
        return cluster.client().persistentVolumes().withLabel(LABEL).list().getItems().stream();
    }

    /** Deletes a volume, and its folder unless that is a test's own. */
    private static void remove(TestCluster cluster, PersistentVolume volume) {
        cluster.client().resource(volume).delete();
        var folder = Path.of(volume.getSpec().getLocal().getPath());
        if (folder.getFileName().toString().startsWith(FOLDER)) {
            // Pods that end can still write to it.
            ClusterTest.eventually(() -> run("rm", "-rf", folder.toString()));
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        try {
            Command.run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
