package com.recordsponge.operator.image;

import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A crash loop whose container is ready for minutes between two crashes. */
final class RepeatedCrash {

    private RepeatedCrash() {}

    /**
     * The last crash of a container that had crashed before, since the image became Ready and within its trial, and had run in
     * between: a container that fails at each start has not recovered from its first crash.
     */
    static Optional<Instant> of(String image, Instant ready, ReconciliationState state) {
        return RunningSince.containers(image, state)
                .filter(container -> crashes(container) > 1)
                .flatMap(container -> lastRun(container).stream())
                .filter(run -> !Instant.parse(run.getStartedAt()).isBefore(ready))
                .filter(run ->
                        !end(run).isBefore(Instant.parse(run.getStartedAt()).plus(FailedImage.PATIENCE)))
                .map(RepeatedCrash::end)
                .filter(end -> end.isBefore(ready.plus(ReleaseHistory.TRIAL)))
                .max(Instant::compareTo);
    }

    private static int crashes(ContainerStatus container) {
        var runs = container.getState() != null && container.getState().getRunning() != null;
        return Rollouts.count(container.getRestartCount()) + (runs ? 0 : 1);
    }

    private static Optional<ContainerStateTerminated> lastRun(ContainerStatus container) {
        return Stream.of(Optional.ofNullable(container.getState()), Optional.ofNullable(container.getLastState()))
                .flatMap(Optional::stream)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .filter(run -> run.getStartedAt() != null && run.getFinishedAt() != null)
                .findFirst();
    }

    private static Instant end(ContainerStateTerminated run) {
        return Instant.parse(run.getFinishedAt());
    }
}
