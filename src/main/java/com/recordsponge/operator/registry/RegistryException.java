package com.recordsponge.operator.registry;

import com.recordsponge.operator.api.v1.Reason;
import java.time.Duration;
import java.util.Optional;

/** A registry gave no digest. The message follows the registry's name: it says what the registry did, and what to do. */
final class RegistryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Optional<Duration> retryAfter;

    RegistryException(Reason reason, String message, Optional<Duration> retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    static RegistryException unreachable(String message) {
        return new RegistryException(Reason.REGISTRY_UNREACHABLE, message, Optional.empty());
    }

    static RegistryException unauthorized(String message) {
        return new RegistryException(Reason.REGISTRY_UNAUTHORIZED, message, Optional.empty());
    }

    static RegistryException notFound(String message) {
        return new RegistryException(Reason.MANIFEST_NOT_FOUND, message, Optional.empty());
    }

    Reason reason() {
        return reason;
    }

    /** How long the registry wants not to be asked, also if it only says that it is asked too often. */
    Optional<Duration> quietTime() {
        return reason == Reason.REGISTRY_LIMIT ? retryAfter.or(() -> Optional.of(RetryAfter.UNSTATED)) : retryAfter;
    }

    /** @param registry what answered, as the subject of a sentence */
    RegistryReply reply(String registry) {
        return new RegistryReply(
                DigestAnswer.failure(reason, "%s %s".formatted(registry, getMessage())), Optional.empty(), retryAfter);
    }
}
