package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.PodFailureCause;
import com.recordsponge.operator.plan.PodFailureCause.Source;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why a container of a new pod does not become ready. */
final class ContainerFailure {

    private static final Pattern PULL = Pattern.compile("^Pod \\S+: cannot pull (\\S+): \"([^\"]*)\"");

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
            var words = ReportedWords.of(message);
            return Optional.of(pull(pod, container.getImage(), kept(words, container.getImage(), last)));
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

    private static PodFailure pull(String pod, String image, String words) {
        return new PodFailure(
                Source.PULL.reason(),
                "Pod %s: cannot pull %s%s. %s"
                        .formatted(
                                pod,
                                image,
                                words.isEmpty() ? "" : ": \"" + words + "\"",
                                PodFailureCause.of(Source.PULL, words).remedy()));
    }

    /**
     * The words of the last report, if these are of the same cause or have none: while the kubelet waits, an older one only
     * says that it does, and the words of one cause can differ in each try.
     */
    private static String kept(String words, String image, Optional<Condition> last) {
        return last.filter(condition -> Source.PULL.reason().toString().equals(condition.getReason()))
                .map(condition -> PULL.matcher(Objects.requireNonNullElse(condition.getMessage(), "")))
                .filter(Matcher::find)
                .filter(told -> told.group(1).equals(image))
                .map(told -> told.group(2))
                .filter(told -> words.isEmpty() || isSameCause(words, told))
                .orElse(words);
    }

    private static boolean isSameCause(String words, String told) {
        var cause = PodFailureCause.of(Source.PULL, words);
        return !cause.isGeneral() && cause == PodFailureCause.of(Source.PULL, told);
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
                new PodFailure(
                        Source.CRASH.reason(),
                        "%s exits with code %d. %s"
                                .formatted(
                                        subject,
                                        end.getExitCode(),
                                        PodFailureCause.CRASH.remedy().replace("POD", log(pod, container))));
        };
    }
}
