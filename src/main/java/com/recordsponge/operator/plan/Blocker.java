package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;

/**
 * What keeps a step from going on; everything of that step stays as it was, unless only a part of it is concerned.
 *
 * @param reason a condition reason: CamelCase, one distinct cause
 * @param message what is wrong and what to do, without any secret value
 * @param partial whether the step goes on without what the message names
 */
public record Blocker(Component step, String reason, String message, boolean partial) {

    public static final String CONFLICTING_OBJECT = "ConflictingObject";
    public static final String APPLY_FAILED = "ApplyFailed";
    public static final String EXPANSION_REFUSED = "ExpansionRefused";

    /** One that the whole step waits for. */
    public Blocker(Component step, String reason, String message) {
        this(step, reason, message, false);
    }

    /** One that only a part of the step waits for. */
    public static Blocker partial(Component step, String reason, String message) {
        return new Blocker(step, reason, message, true);
    }

    /** Whether it came up when objects were applied, and not before. */
    public boolean ofApplying() {
        return reason.equals(CONFLICTING_OBJECT) || reason.equals(APPLY_FAILED);
    }
}
