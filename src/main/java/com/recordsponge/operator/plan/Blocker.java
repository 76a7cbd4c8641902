package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;

/**
 * What keeps a component waiting. Unless it is partial, the operator does not change the component's objects.
 *
 * @param message what is wrong and what to do, without any secret value
 * @param partial whether the component continues without what the message names
 */
public record Blocker(Component component, Reason reason, String message, boolean partial) {

    /** A blocker of the whole component. */
    public Blocker(Component component, Reason reason, String message) {
        this(component, reason, message, false);
    }

    /** A blocker of a part of the component. */
    public static Blocker partial(Component component, Reason reason, String message) {
        return new Blocker(component, reason, message, true);
    }

    /** Whether it arose while the operator applied objects, and not before. */
    public boolean duringApply() {
        return reason == Reason.CONFLICTING_OBJECT || reason == Reason.APPLY_FAILED || reason == Reason.FIELD_CONFLICT;
    }
}
