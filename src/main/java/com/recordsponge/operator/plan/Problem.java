package com.recordsponge.operator.plan;

/**
 * What keeps a step from going on; everything of that step stays as it was.
 *
 * @param reason a condition reason: CamelCase, one distinct cause
 * @param message what is wrong and what to do, without any secret value
 */
public record Problem(Step step, String reason, String message) {

    public static final String CONFLICTING_OBJECT = "ConflictingObject";
    public static final String APPLY_FAILED = "ApplyFailed";

    /** Whether it came up when objects were applied, and not before. */
    public boolean ofApplying() {
        return reason.equals(CONFLICTING_OBJECT) || reason.equals(APPLY_FAILED);
    }
}
