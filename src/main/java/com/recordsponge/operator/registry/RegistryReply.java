package com.recordsponge.operator.registry;

import com.recordsponge.operator.api.v1.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An answer with what matters only for the next question.
 *
 * @param etag the registry's mark of the manifest
 * @param retryAfter how long the registry wants not to be asked
 */
public record RegistryReply(DigestAnswer answer, Optional<String> etag, Optional<Duration> retryAfter) {

    /**
     * What the places answered that were asked for an image, none of which has it: the reason of the last that answered, and
     * the words of all.
     */
    static RegistryReply ofAll(List<RegistryReply> failures) {
        var main = failures.stream()
                .filter(reply -> reply.answer().reason() != Reason.REGISTRY_UNREACHABLE)
                .reduce((_, last) -> last)
                .orElseGet(failures::getFirst)
                .answer();
        var words = failures.stream().map(reply -> reply.answer().message()).collect(Collectors.joining(" "));
        return new RegistryReply(
                DigestAnswer.failure(main.reason(), words), Optional.empty(), retryAfter(main, failures));
    }

    /** One place that can be asked at any time is enough, unless it only says that it is asked too often. */
    private static Optional<Duration> retryAfter(DigestAnswer main, List<RegistryReply> failures) {
        var times =
                failures.stream().flatMap(reply -> reply.retryAfter().stream()).toList();
        return main.reason() == Reason.REGISTRY_LIMIT || times.size() == failures.size()
                ? times.stream().min(Duration::compareTo)
                : Optional.empty();
    }

    public static RegistryReply of(DigestAnswer answer) {
        return new RegistryReply(answer, Optional.empty(), Optional.empty());
    }
}
