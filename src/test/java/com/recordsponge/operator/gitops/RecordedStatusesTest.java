package com.recordsponge.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.StatusRecorder;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Argo CD's and Flux's view of every status that the operator wrote in the API tests and the cluster tests. */
@Tag("statuses")
class RecordedStatusesTest {

    /** For environments of a CRD that is newer than these classes. */
    private static final KubernetesSerialization READER = new KubernetesSerialization(
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES), true);

    private record Recording(RecordSpongeEnvironment environment, ResourceHealth health) {

        static Recording of(ResourceHealth health) {
            try {
                return new Recording(
                        READER.unmarshal(Files.readString(health.file()), RecordSpongeEnvironment.class), health);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isDeleted() {
            return environment.getMetadata().getDeletionTimestamp() != null;
        }

        boolean isObserved() {
            return environment
                    .getMetadata()
                    .getGeneration()
                    .equals(environment.getStatus().observedGeneration());
        }

        Optional<Condition> condition(ConditionType type) {
            return environment.getStatus().condition(type);
        }

        boolean isTrue(ConditionType type) {
            return condition(type).filter(c -> "True".equals(c.getStatus())).isPresent();
        }

        @Override
        public String toString() {
            return condition(ConditionType.READY).map(Condition::getReason).orElse("new") + " " + health.file();
        }
    }

    private static List<Recording> recordings;

    @BeforeAll
    static void computeHealth() throws IOException {
        var files = StatusRecorder.recorded(StatusRecorder.FOLDER);
        assertThat(files)
                .as("statuses recorded by the API tests, which must run first")
                .isNotEmpty();
        recordings = ResourceHealth.of(files).stream().map(Recording::of).toList();
    }

    @Test
    void theOperatorWasSeenInEveryHealth() {
        assertThat(recordings)
                .extracting(recording -> recording.health().argocd().status())
                .contains("Healthy", "Progressing", "Degraded", "Suspended");
    }

    @TestFactory
    Stream<DynamicTest> anObservedEnvironmentsHealthHasTheOperatorsMessage() {
        return each(
                recording -> recording.isObserved()
                        && recording.condition(ConditionType.READY).isPresent(),
                recording -> assertThat(recording.health().argocd().message())
                        .contains(recording
                                .condition(ConditionType.READY)
                                .orElseThrow()
                                .getMessage()));
    }

    /** Degraded fails a sync, so nothing that waiting cures may be Degraded. */
    @TestFactory
    Stream<DynamicTest> onlyAStalledEnvironmentIsDegraded() {
        return each(_ -> true, recording -> assertThat(
                        recording.health().argocd().status().equals("Degraded"))
                .isEqualTo(recording.isObserved() && recording.isTrue(ConditionType.STALLED)));
    }

    @TestFactory
    Stream<DynamicTest> onlyAReadyEnvironmentIsHealthy() {
        return each(_ -> true, recording -> assertThat(
                        recording.health().argocd().status().equals("Healthy"))
                .isEqualTo(recording.isObserved() && recording.isTrue(ConditionType.READY)));
    }

    @TestFactory
    Stream<DynamicTest> onlyAnEnvironmentWithoutRequestedPodsIsSuspended() {
        return each(recording -> recording.health().argocd().status().equals("Suspended"), recording -> assertThat(
                        recording.condition(ConditionType.READY).orElseThrow().getReason())
                .isIn("Suspended", "ScaledToZero"));
    }

    @TestFactory
    Stream<DynamicTest> fluxAgreesWithArgoCd() {
        return each(
                _ -> true,
                recording -> assertThat(recording.health().kstatus().status()).isEqualTo(kstatus(recording)));
    }

    private static String kstatus(Recording recording) {
        if (recording.isDeleted()) {
            return "Terminating";
        }
        return switch (recording.health().argocd().status()) {
            case "Healthy" -> "Current";
            case "Degraded" -> "Failed";
            default -> "InProgress";
        };
    }

    private static Stream<DynamicTest> each(Predicate<Recording> which, Consumer<Recording> assertion) {
        return recordings.stream()
                .filter(which)
                .map(recording -> DynamicTest.dynamicTest(recording.toString(), () -> assertion.accept(recording)));
    }
}
