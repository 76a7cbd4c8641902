package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(OrderAnnotation.class)
class SessionsClusterTest extends ClusterTest {

    private final TestEnvironment environment = environment("sessions");
    private final String claim = environment.name() + "-sessions";

    /** The first response, whose cookies later requests send. */
    private SiteClient.Response firstVisit;

    @AfterAll
    void removeTheVolume() {
        environment.resource().delete();
        environment.child(PersistentVolumeClaim.class, claim).delete();
        TestVolume.remove(cluster, environment.name());
    }

    @Test
    @Order(1)
    void environmentReportsThatItWaitsForItsVolume() {
        apply();
        environment.await("Ready", "False", "ClaimPending");
        environment.await("WorkloadAvailable", "False", "FailedScheduling");

        TestVolume.create(cluster, environment.name(), "1Gi");
        environment.awaitServed();
        assertThat(environment.resource().get().getStatus().sessions().capacity())
                .isEqualTo("1Gi");
    }

    @Test
    @Order(2)
    void aSessionOutlivesItsPod() {
        firstVisit = environment.site().get("/api/visits");
        assertThat(visits(firstVisit)).isEqualTo(1);
        var pod = environment.pods().getFirst();

        cluster.client().resource(pod).delete();
        eventually(() -> assertThat(environment.pods()).singleElement().satisfies(replacement -> assertThat(
                        replacement.getMetadata().getUid())
                .isNotEqualTo(pod.getMetadata().getUid())));
        environment.awaitServed();
        assertThat(visitAgain()).isEqualTo(2);
    }

    /** The new pod starts with the volume while the old pod still uses it. */
    @Test
    @Order(3)
    void aSessionOutlivesARollout() {
        environment.patch("{\"env\": [{\"name\": \"LOG_LEVEL\", \"value\": \"debug\"}]}");
        awaitRolledOut();
        assertThat(visitAgain()).isEqualTo(3);
    }

    @Test
    @Order(4)
    void sessionsReturnWhenStorageIsEnabledAgain() {
        environment.patch("{\"sessions\": null}");
        awaitRolledOut();
        assertThat(visitAgain()).isEqualTo(1);

        apply();
        awaitRolledOut();
        assertThat(visitAgain()).isEqualTo(4);
    }

    @Test
    @Order(5)
    void aSessionOutlivesItsEnvironment() {
        var tlsSecret = environment.tlsSecret();
        environment.resource().delete();
        eventually(() -> assertThat(ChildObjects.all(environment))
                .containsExactlyInAnyOrder(
                        "Secret/" + environment.name() + "-session-key",
                        "Secret/" + tlsSecret,
                        "PersistentVolumeClaim/" + claim));

        apply();
        environment.awaitServed();
        assertThat(visitAgain()).isEqualTo(5);
    }

    private void apply() {
        environment.applyStaging("sessions: {storage: 64Mi, storageClassName: %s}\n".formatted(environment.name()));
    }

    /** Waits until only the new pod is left. */
    private void awaitRolledOut() {
        environment.awaitServed();
        eventually(() -> assertThat(environment.pods()).hasSize(1));
    }

    private int visitAgain() {
        return visits(environment.site().get("/api/visits", firstVisit.withCookies()));
    }

    private static int visits(SiteClient.Response response) {
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        return response.json().path("visits").asInt();
    }
}
