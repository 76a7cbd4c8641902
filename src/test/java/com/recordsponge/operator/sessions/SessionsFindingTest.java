package com.recordsponge.operator.sessions;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the operator reports the volume of the session files, from its claim. */
class SessionsFindingTest {

    private static final EnvironmentFixture REQUESTS_2GI =
            environment().with("sessions", "{storage: 2Gi, storageClassName: local-path}");

    private static PersistentVolumeClaimBuilder claim(String phase, String capacity) {
        return claim(REQUESTS_2GI)
                .withNewStatus()
                .withPhase(phase)
                .withCapacity(capacity == null ? null : Map.of("storage", new Quantity(capacity)))
                .endStatus();
    }

    private static PersistentVolumeClaimBuilder claim(EnvironmentFixture environment) {
        var plan = environment.plan();
        return new PersistentVolumeClaimBuilder(SessionsClaims.claim(plan, plan.get(SessionsPlan.class)));
    }

    private static Finding finding(EnvironmentFixture environment, PersistentVolumeClaim... claims) {
        return environment.finding(Component.SESSIONS, claims);
    }

    private static Finding finding(PersistentVolumeClaimBuilder claim) {
        return finding(REQUESTS_2GI, claim.build());
    }

    @ParameterizedTest
    @CsvSource({"2Gi", "2048Mi", "10Gi"})
    void aVolumeOfAtLeastTheRequestedSizeIsReady(String capacity) {
        assertThat(finding(claim("Bound", capacity)))
                .isEqualTo(Finding.ready(
                        Component.SESSIONS,
                        Reason.BOUND,
                        "PersistentVolumeClaim staging-sessions has its volume of %s.".formatted(capacity)));
    }

    @Test
    void anExpandingVolumeReportsWhatItWaitsFor() {
        var growing = claim("Bound", "1Gi")
                .editStatus()
                .addNewCondition()
                .withType("FileSystemResizePending")
                .withMessage("Waiting for user to (re-)start a pod.")
                .endCondition()
                .endStatus();
        assertThat(finding(growing))
                .isEqualTo(
                        Finding.working(
                                Component.SESSIONS,
                                Reason.EXPANDING,
                                "PersistentVolumeClaim staging-sessions grows from 1Gi to 2Gi. Waiting for user to (re-)start a pod."));
    }

    @Test
    void aPendingClaimNamesItsStorageClass() {
        assertThat(finding(claim("Pending", null)))
                .isEqualTo(
                        Finding.working(
                                Component.SESSIONS,
                                Reason.CLAIM_PENDING,
                                "PersistentVolumeClaim staging-sessions waits for StorageClass local-path to provide its volume; if it does not, see kubectl describe pvc staging-sessions."));
    }

    @Test
    void aClaimWithoutAClassWaitsForAnAdministrator() {
        var withoutClass = environment().with("sessions", "{storage: 2Gi, storageClassName: ''}");
        assertThat(finding(withoutClass, claim(withoutClass).build()).message())
                .endsWith("waits for an administrator to create a PersistentVolume without StorageClass.");
    }

    @Test
    void aMissingDefaultStorageClassIsReported() {
        var unnamed = environment().with("sessions.storage", "2Gi");
        var finding = finding(unnamed, claim(unnamed).build());
        assertThat(finding.reason()).isEqualTo(Reason.STORAGE_CLASS_NOT_SET);
        assertThat(finding.kind()).isEqualTo(Finding.Kind.FAILING);
    }

    /** Many StorageClasses create the volume only for the first pod. */
    @ParameterizedTest
    @CsvSource({"replicas, 0", "suspend, true"})
    void withoutPodsNoVolumeIsRequired(String field, String value) {
        var withoutPods = environment()
                .with("sessions", "{storage: 2Gi, storageClassName: local-path}")
                .with(field, value);
        assertThat(finding(withoutPods, claim("Pending", null).build()))
                .isEqualTo(Finding.ready(Component.SESSIONS, Reason.NOT_MOUNTED, "No pod needs the volume yet."));
    }

    @Test
    void aTerminatingClaimReportsHowToReleaseIt() {
        var deleted = claim("Bound", "2Gi")
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata();
        assertThat(finding(deleted).reason()).isEqualTo(Reason.CLAIM_TERMINATING);
        assertThat(finding(deleted).message()).contains("Set spec.suspend to true until it is gone");
    }

    @Test
    void aLostVolumeIsReported() {
        assertThat(finding(claim("Lost", null)).reason()).isEqualTo(Reason.CLAIM_LOST);
    }

    @Test
    void anotherClaimOfTheEnvironmentIsIgnored() {
        var other = claim("Bound", "2Gi").editMetadata().withName("other").endMetadata();
        assertThat(finding(other))
                .isEqualTo(Finding.working(
                        Component.SESSIONS,
                        Reason.CLAIM_PENDING,
                        "PersistentVolumeClaim staging-sessions does not exist yet."));
    }
}
