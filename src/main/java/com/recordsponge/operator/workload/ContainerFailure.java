package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.PodFailureCause;
import com.recordsponge.operator.plan.PodFailureCause.Source;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a container of a new pod does not become ready. */
final class ContainerFailure {

    private static final Pattern PULL = Pattern.compile("^Pod \\S+: cannot pull (\\S+): \"([^\"]*)\"");

    private ContainerFailure() {}

    /** @param last the condition as last written */
    static Optional<PodFailure> of(String pod, ContainerStatus container, Optional<Condition> last) {
        var waiting = container.getState() == null ? null : container.getState().getWaiting();
        var source = Source.ofWaiting(waiting == null ? null : waiting.getReason());
        if (source.isEmpty()) {
            return Boolean.TRUE.equals(container.getReady()) ? Optional.empty() : ended(pod, container);
        }
        if (source.get() == Source.PULL) {
            var words = ReportedWords.of(waiting.getMessage());
            return Optional.of(pull(pod, container.getImage(), kept(words, container.getImage(), last)));
        }
        return Optional.of(PodFailure.says("Pod " + pod, source.get(), waiting.getMessage()));
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

    private static Optional<PodFailure> ended(String pod, ContainerStatus container) {
        var now = container.getState() == null ? null : container.getState().getTerminated();
        var before = container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
        var end = now != null ? now : before;
        if (end == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (Objects.requireNonNullElse(end.getReason(), "")) {
                    case "OOMKilled" ->
                        new PodFailure(
                                Source.OUT_OF_MEMORY.reason(),
                                "Pod %s ran out of memory. %s".formatted(pod, PodFailureCause.OUT_OF_MEMORY.remedy()));
                    // It never ran, so that it has no log.
                    case "StartError", "ContainerCannotRun" -> PodFailure.says("Pod " + pod, Source.RUN, end.getMessage());
                    default ->
                        new PodFailure(
                                Source.CRASH.reason(),
                                "Pod %s exits with code %d. %s"
                                        .formatted(
                                                pod,
                                                end.getExitCode(),
                                                PodFailureCause.CRASH.remedy().replace("POD", pod)));
                });
    }
}
