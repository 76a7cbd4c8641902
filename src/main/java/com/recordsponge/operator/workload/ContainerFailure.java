package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.PodFailureCause;
import com.recordsponge.operator.plan.PodFailureCause.Source;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why a container of a new pod does not become ready. */
final class ContainerFailure {

    private static final Pattern PULL = Pattern.compile("^Pod \\S+: cannot pull (\\S+): \"([^\"]*)\"");

    /** Exit codes of a server that ends on SIGTERM, of one that knows no SIGTERM, and after SIGKILL. */
    private static final Set<Integer> STOPPED = Set.of(0, 143, 137);

    private ContainerFailure() {}

    /**
     * The failure of the first of a pod's containers that has one, in the order in which the kubelet starts them.
     *
     * @param last the condition as last written
     */
    static Optional<PodFailure> of(Pod pod, Optional<Condition> last) {
        var status = pod.getStatus();
        return Stream.concat(
                        status.getInitContainerStatuses().stream().filter(container -> !hasSucceeded(container)),
                        status.getContainerStatuses().stream())
                .flatMap(container -> of(pod.getMetadata().getName(), container, last).stream())
                .findFirst();
    }

    /** An init container that has done its work runs once more after its node has restarted. */
    private static boolean hasSucceeded(ContainerStatus container) {
        return waitsFor(container).isEmpty()
                && end(container).filter(end -> end.getExitCode() == 0).isPresent();
    }

    private static Optional<PodFailure> of(String pod, ContainerStatus container, Optional<Condition> last) {
        var source = waitsFor(container);
        if (source.isEmpty()) {
            return Boolean.TRUE.equals(container.getReady())
                    ? Optional.empty()
                    : end(container).map(end -> ended(pod, container, end));
        }
        var message = container.getState().getWaiting().getMessage();
        if (source.get() == Source.PULL) {
            return Optional.of(pull(pod, container.getImage(), message, last));
        }
        return Optional.of(PodFailure.says(subject(pod, container), source.get(), message));
    }

    /** The failure for which the kubelet waits before it starts a container. */
    private static Optional<Source> waitsFor(ContainerStatus container) {
        return Optional.ofNullable(container.getState())
                .map(ContainerState::getWaiting)
                .flatMap(waiting -> Source.ofWaiting(waiting.getReason()));
    }

    /** How a container ended last. */
    private static Optional<ContainerStateTerminated> end(ContainerStatus container) {
        return Stream.of(Optional.ofNullable(container.getState()), Optional.ofNullable(container.getLastState()))
                .flatMap(Optional::stream)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static boolean isApplication(ContainerStatus container) {
        return ApplicationContainer.NAME.equals(container.getName());
    }

    private static String subject(String pod, ContainerStatus container) {
        return isApplication(container) ? "Pod " + pod : "Container %s of pod %s".formatted(container.getName(), pod);
    }

    /** Of several containers, kubectl shows the log of the application. */
    private static String log(String pod, ContainerStatus container) {
        return isApplication(container) ? pod : "%s -c %s".formatted(pod, container.getName());
    }

    /**
     * With the words of the last report, if these are of the same cause or have none: while the kubelet waits, an older one
     * only says that it does, and the words of one cause can differ in each try.
     */
    private static PodFailure pull(String pod, String image, String message, Optional<Condition> last) {
        var words = ReportedWords.uncut(message);
        var cause = PodFailureCause.of(Source.PULL, words);
        return last.flatMap(condition -> told(condition, image))
                .filter(told -> words.isEmpty() || cause == told.cause() && !cause.isGeneral())
                .orElseGet(() -> new Pull(cause, ReportedWords.cut(words)))
                .failure(pod, image);
    }

    /** What a condition told about the pull of an image. */
    private static Optional<Pull> told(Condition condition, String image) {
        return Optional.of(condition)
                .filter(told -> Source.PULL.reason().toString().equals(told.getReason()))
                .map(told -> PULL.matcher(Objects.requireNonNullElse(told.getMessage(), "")))
                .filter(Matcher::find)
                .filter(told -> told.group(1).equals(image))
                .flatMap(told -> PodFailureCause.told(condition).map(cause -> new Pull(cause, told.group(2))));
    }

    private record Pull(PodFailureCause cause, String words) {

        PodFailure failure(String pod, String image) {
            return new PodFailure(
                    Source.PULL.reason(),
                    "Pod %s: cannot pull %s%s. %s"
                            .formatted(pod, image, words.isEmpty() ? "" : ": \"" + words + "\"", cause.remedy()));
        }
    }

    private static PodFailure ended(String pod, ContainerStatus container, ContainerStateTerminated end) {
        var subject = subject(pod, container);
        return switch (Objects.requireNonNullElse(end.getReason(), "")) {
            case "OOMKilled" ->
                new PodFailure(
                        Source.OUT_OF_MEMORY.reason(),
                        "%s ran out of memory. %s".formatted(subject, PodFailureCause.OUT_OF_MEMORY.remedy()));
            // It never ran, so that it has no log.
            case "StartError", "ContainerCannotRun" -> PodFailure.says(subject, Source.RUN, end.getMessage());
            default ->
                isStoppedByKubelet(container, end)
                        ? crash(
                                PodFailureCause.UNRESPONSIVE,
                                "%s does not answer at /api/hello, so the kubelet restarts it (exit code %d)",
                                pod,
                                container,
                                end)
                        : crash(PodFailureCause.CRASH, "%s exits with code %d", pod, container, end);
        };
    }

    /**
     * Whether a probe failed for so long that the kubelet stopped the application. Nothing in the pod's status says so, but a
     * server that has run for that long exits like this only if somebody stops it.
     */
    private static boolean isStoppedByKubelet(ContainerStatus container, ContainerStateTerminated end) {
        return isApplication(container)
                && STOPPED.contains(end.getExitCode())
                && end.getStartedAt() != null
                && end.getFinishedAt() != null
                && !Instant.parse(end.getFinishedAt())
                        .isBefore(Instant.parse(end.getStartedAt()).plus(ApplicationContainer.START));
    }

    private static PodFailure crash(
            PodFailureCause cause, String what, String pod, ContainerStatus container, ContainerStateTerminated end) {
        return new PodFailure(
                cause.source().reason(),
                what.formatted(subject(pod, container), end.getExitCode()) + ". "
                        + cause.remedy().replace("POD", log(pod, container)));
    }
}
