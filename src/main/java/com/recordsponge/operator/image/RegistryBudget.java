package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.RegistryReply;
import com.recordsponge.operator.registry.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How often the operator may ask one registry, for all environments together. {@link Resolutions} guards it. */
final class RegistryBudget {

    /** Questions at a time. */
    static final int AT_ONCE = 4;

    /** Questions without a pause, after a quiet time. */
    static final int BURST = 30;

    /** After a burst, the time for each further question. */
    static final Duration EACH = Duration.ofMillis(500);

    private Instant quietUntil = Instant.MIN;
    private Instant full = Instant.MIN;
    private int running;
    private int limits;

    /** When the next question may be asked; not after now if it may be now. A question that ends makes room for another. */
    Instant next(Instant now) {
        if (running >= AT_ONCE) {
            return now.plus(EACH);
        }
        var room = full.equals(Instant.MIN) ? now : full.minus(EACH.multipliedBy(BURST - 1L));
        return room.isAfter(quietUntil) ? room : quietUntil;
    }

    /** Until when the registry wants to be left alone; empty if it may be asked. */
    Optional<Instant> quietUntil(Instant now) {
        return Optional.of(quietUntil).filter(now::isBefore);
    }

    /** Whether nothing is asked, and nothing has to wait. */
    boolean isIdle(Instant now) {
        return running == 0 && !next(now).isAfter(now);
    }

    void start(Instant now) {
        running++;
        full = (full.isAfter(now) ? full : now).plus(EACH);
    }

    void end(Instant now, RegistryReply reply) {
        running--;
        limits = reply.answer().reason() == Reason.REGISTRY_LIMIT ? Math.min(limits + 1, 6) : 0;
        var quiet = reply.retryAfter()
                .orElse(limits == 0 ? Duration.ZERO : RetryAfter.UNSTATED.multipliedBy(1L << limits - 1));
        var bounded = quiet.compareTo(RetryAfter.LONGEST) > 0 ? RetryAfter.LONGEST : quiet;
        if (now.plus(bounded).isAfter(quietUntil)) {
            quietUntil = now.plus(bounded);
        }
    }
}
