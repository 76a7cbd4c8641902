package com.recordsponge.operator.dev;

import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.OneLine;
import com.recordsponge.operator.plan.OwnedObjects;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the preparation of PostgreSQL's data ended, as its container's termination message says.
 *
 * @param outcome the first line
 * @param details the other lines: script and server's words, a path, or two versions
 */
record InitdbResult(Outcome outcome, List<String> details) {

    private static final int LONGEST = 300;

    /** The words that the script writes. */
    enum Outcome {
        DONE,
        /** The scripts are others than those that ran. */
        CHANGED,
        /** The tree has no folder with scripts. */
        NONE,
        /** The folder has no scripts. */
        EMPTY,
        /** PostgreSQL's user cannot read the folder; the server runs all the same. */
        UNREADABLE,
        /** A script failed; the server runs all the same. */
        FAILED,
        /** The data is of another major version than the image. */
        INCOMPATIBLE
    }

    /** The result in the newest pod of a Deployment; empty until there is one. */
    static Optional<InitdbResult> of(OwnedObjects owned, String deployment) {
        return DeploymentPods.of(owned, deployment)
                .filter(pod -> pod.getStatus() != null)
                .min(DeploymentPods.NEWEST_FIRST)
                .flatMap(pod -> pod.getStatus().getInitContainerStatuses().stream()
                        .filter(container -> PostgresPods.INITDB.equals(container.getName()))
                        .findFirst())
                .flatMap(InitdbResult::message)
                .flatMap(InitdbResult::parse);
    }

    private static Optional<String> message(ContainerStatus container) {
        return Stream.of(Optional.ofNullable(container.getState()), Optional.ofNullable(container.getLastState()))
                .flatMap(Optional::stream)
                .map(ContainerState::getTerminated)
                .filter(ended -> ended != null && ended.getMessage() != null)
                .map(ended -> ended.getMessage())
                .findFirst();
    }

    private static Optional<InitdbResult> parse(String message) {
        var lines = message.lines().map(line -> OneLine.quotable(line, LONGEST)).toList();
        return Stream.of(Outcome.values())
                .filter(outcome -> !lines.isEmpty() && outcome.name().equalsIgnoreCase(lines.getFirst()))
                .map(outcome -> new InitdbResult(outcome, lines.subList(1, lines.size())))
                .findFirst();
    }

    /** A line after the first; empty if the message lacks it. */
    String detail(int index) {
        return index < details.size() ? details.get(index) : "";
    }
}
