package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.matrix.ChangeMatrix.SELECTED;

import com.recordsponge.operator.matrix.ChangeMatrix;
import com.recordsponge.operator.matrix.FieldRow;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Changes the spec of sites with real pods and visitors, one row for each class of transition. {@code make matrix} runs every
 * row: that takes half an hour, since each change waits until former pods have drained.
 */
@Tag("cluster")
@Isolated("its visitors must be answered in time")
class ChangeMatrixClusterTest {

    private static final boolean ALL = Boolean.getBoolean("matrix.all");

    /** As many as two cores serve without a queue: visitors see a full machine as an outage. */
    private static final int SITES = 4;

    private final TestCluster cluster = TestCluster.get().withNamespaces("changes");
    private final ChangeMatrix matrix;
    private final ClusterWorld world;

    ChangeMatrixClusterTest() throws IOException {
        world = new ClusterWorld(cluster);
        matrix = new ChangeMatrix(world, "changes-" + TestCluster.RUN, SITES, 0);
    }

    @Test
    void noChangeInterruptsASiteWithRealPods() throws IOException {
        Predicate<FieldRow> rows =
                SELECTED.and(row -> ALL || row.representative().isPresent());
        var namespaces = matrix.namespaces(rows);
        namespaces.forEach(cluster::createNamespace);
        var operator = ALL
                ? OperatorRelease.installForAllNamespaces(cluster)
                : OperatorRelease.install(cluster, namespaces, Map.of());
        try {
            matrix.assertUninterrupted(rows);
        } finally {
            operator.remove();
            world.remove();
            cluster.removeNamespaces();
            namespaces.forEach(
                    name -> cluster.client().namespaces().withName(name).delete());
        }
    }
}
