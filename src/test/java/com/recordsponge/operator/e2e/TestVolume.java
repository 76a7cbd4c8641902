package com.recordsponge.operator.e2e;

import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.Predicate;

/** A folder on the node as a PersistentVolume, as the cluster has no provisioner; the tests run on the node. */
final class TestVolume {

    private static final String LABEL = "recordsponge.com/test-volume";

    private static final String HOSTNAME = "kubernetes.io/hostname";

    private TestVolume() {}

    /** Creates a volume for the claim with the given StorageClass. */
    static void create(TestCluster cluster, String storageClass, String size) {
        var node = cluster.client().nodes().list().getItems().getFirst();
        try {
            var folder = Files.createTempDirectory("recordsponge-test-volume");
            cluster.client()
                    .resource(new PersistentVolumeBuilder()
                            .withNewMetadata()
                            .withName(storageClass)
                            .addToLabels(LABEL, "")
                            .endMetadata()
                            .withNewSpec()
                            .withStorageClassName(storageClass)
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
                            .endSpec()
                            .build())
                    .create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the volume of a StorageClass, with its folder: other tests have theirs at the same time. */
    static void remove(TestCluster cluster, String storageClass) {
        remove(cluster, volume -> storageClass.equals(volume.getSpec().getStorageClassName()));
    }

    /** Deletes what earlier test runs have left. */
    static void removeAll(TestCluster cluster) {
        remove(cluster, _ -> true);
    }

    private static void remove(TestCluster cluster, Predicate<PersistentVolume> selected) {
        for (var volume :
                cluster.client().persistentVolumes().withLabel(LABEL).list().getItems()) {
            if (selected.test(volume)) {
                cluster.client().resource(volume).delete();
                removeFolder(volume);
            }
        }
    }

    private static void removeFolder(PersistentVolume volume) {
        try {
            Command.run("rm", "-rf", volume.getSpec().getLocal().getPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
