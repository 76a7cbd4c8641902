package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;

/**
 * The state of one component, before it becomes a condition.
 *
 * @param status True, False or Unknown
 * @param message for a person: the state, and if something is wrong what to do
 * @param timed whether the operator times the progress deadline; the Deployment controller times a rollout's
 */
public record Finding(Component component, String status, Reason reason, String message, Kind kind, boolean timed) {

    /** A finding that the operator times. */
    public Finding(Component component, String status, Reason reason, String message, Kind kind) {
        this(component, status, reason, message, kind, true);
    }

    /** The kinds of state. */
    public enum Kind {
        /** The component is as requested. */
        READY,
        /** In progress; the progress deadline decides when that is too long. */
        WORKING,
        /** Something is wrong that can still be fixed, automatically or by a person. */
        FAILING,
        /** The deadline has passed; the operator resumes when the cause is fixed. */
        GAVE_UP,
        /** Something that running pods already use fails; the environment can be Ready, and nothing waits for it. */
        WARNING
    }

    public static Finding ready(Component component, Reason reason, String message) {
        return new Finding(component, "True", reason, message, Kind.READY);
    }

    public static Finding working(Component component, Reason reason, String message) {
        return new Finding(component, "False", reason, message, Kind.WORKING);
    }

    public static Finding failing(Component component, Reason reason, String message) {
        return new Finding(component, "False", reason, message, Kind.FAILING);
    }

    /** A failure of something that running pods already use. */
    public static Finding warning(Component component, Reason reason, String message) {
        return new Finding(component, "False", reason, message, Kind.WARNING, false);
    }

    public static Finding of(Blocker blocker) {
        return failing(blocker.component(), blocker.reason(), blocker.message());
    }

    /** The same for a rollout in progress, whose deadline the Deployment controller times. */
    public Finding timedByDeployment() {
        return new Finding(component, status, reason, message, kind, false);
    }

    public boolean isReady() {
        return kind == Kind.READY;
    }

    /** Whether the environment can be Ready in this state. */
    public boolean permitsReady() {
        return isReady() || kind == Kind.WARNING;
    }

    /** Whether somebody must act. */
    public boolean isFailure() {
        return kind == Kind.FAILING || kind == Kind.GAVE_UP || kind == Kind.WARNING;
    }
}
