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

/** How the volume of the session files is told from its claim. */
class SessionsFindingTest {

    private static final EnvironmentFixture ASKS_FOR_2GI =
            environment().with("sessions", "{storage: 2Gi, storageClassName: local-path}");

    private static PersistentVolumeClaimBuilder claim(String phase, String capacity) {
        return claim(ASKS_FOR_2GI)
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
        return finding(ASKS_FOR_2GI, claim.build());
    }

    @ParameterizedTest
    @CsvSource({"2Gi", "2048Mi", "10Gi"})
    void aVolumeOfTheSizeAskedForOrLargerIsReady(String capacity) {
        assertThat(finding(claim("Bound", capacity)))
                .isEqualTo(Finding.ready(
                        Component.SESSIONS,
                        Reason.BOUND,
                        "PersistentVolumeClaim staging-sessions has its volume of %s.".formatted(capacity)));
    }

    @Test
    void aVolumeThatStillGrowsTellsWhatItWaitsFor() {
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
    void aClaimThatWaitsForItsVolumeNamesTheStorageClass() {
        assertThat(finding(claim("Pending", null)))
                .isEqualTo(
                        Finding.working(
                                Component.SESSIONS,
                                Reason.CLAIM_PENDING,
                                "PersistentVolumeClaim staging-sessions waits for StorageClass local-path to provide its volume; if it does not, see kubectl describe pvc staging-sessions."));
    }

    @Test
    void aClaimOfNoClassWaitsForAPerson() {
        var byHand = environment().with("sessions", "{storage: 2Gi, storageClassName: ''}");
        assertThat(finding(byHand, claim(byHand).build()).message())
                .endsWith("waits for an administrator to create a PersistentVolume without StorageClass.");
    }

    @Test
    void aClusterWithoutADefaultClassIsToldApart() {
        var unnamed = environment().with("sessions.storage", "2Gi");
        var finding = finding(unnamed, claim(unnamed).build());
        assertThat(finding.reason()).isEqualTo(Reason.STORAGE_CLASS_NOT_SET);
        assertThat(finding.kind()).isEqualTo(Finding.Kind.FAILING);
    }

    /** Many StorageClasses make the volume when the first pod asks for it. */
    @ParameterizedTest
    @CsvSource({"replicas, 0", "suspend, true"})
    void whereNoPodIsWantedNoVolumeIsWaitedFor(String field, String value) {
        var without = environment()
                .with("sessions", "{storage: 2Gi, storageClassName: local-path}")
                .with(field, value);
        assertThat(finding(without, claim("Pending", null).build()))
                .isEqualTo(Finding.ready(Component.SESSIONS, Reason.NOT_MOUNTED, "No pod needs the volume yet."));
    }

    @Test
    void aClaimThatIsBeingDeletedSaysHowToLetItGo() {
        var deleted = claim("Bound", "2Gi")
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata();
        assertThat(finding(deleted).reason()).isEqualTo(Reason.CLAIM_TERMINATING);
        assertThat(finding(deleted).message()).contains("Set spec.suspend to true until it is gone");
    }

    @Test
    void aLostVolumeIsTold() {
        assertThat(finding(claim("Lost", null)).reason()).isEqualTo(Reason.CLAIM_LOST);
    }

    @Test
    void anotherClaimOfTheEnvironmentIsNotTheOne() {
        var other = claim("Bound", "2Gi").editMetadata().withName("other").endMetadata();
        assertThat(finding(other))
                .isEqualTo(Finding.working(
                        Component.SESSIONS,
                        Reason.CLAIM_PENDING,
                        "PersistentVolumeClaim staging-sessions does not exist yet."));
    }
}
