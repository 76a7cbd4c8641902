package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.support.OperatorResource.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** An operator with a replica that stands by. */
@Isolated("it scales the operator that the other tests use")
class ReplicasClusterTest extends ClusterTest {

    private static final int PUSHES = 4;

    private final TrackingSite site =
            new TrackingSite(environment("replicas"), new MovingTag("moved-by-replicas-test"));

    @BeforeAll
    void startASecondReplica() {
        site.deploy("");
        scaleTo(2);
    }

    @AfterAll
    void stopTheSecondReplica() {
        scaleTo(1);
    }

    /** Traefik sends the registry's notifications to both replicas in turn. */
    @Test
    void everyPushReachesTheReplicaThatLeads() {
        var times = Stream.generate(site::timeFromPushToPod).limit(PUSHES).toList();
        System.out.println("From a push to its pod, with two replicas of the operator: " + times);
        assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(Duration.ofSeconds(10)));
    }

    private void scaleTo(int replicas) {
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.operatorNamespace())
                .withName(RELEASE)
                .scale(replicas);
        eventually(() -> assertThat(pods()).hasSize(replicas).allMatch(Readiness::isPodReady));
    }

    private List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.operatorNamespace())
                .list()
                .getItems();
    }
}
