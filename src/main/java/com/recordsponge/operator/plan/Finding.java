package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;

/**
 * What is known of one step, before it becomes a condition.
 *
 * @param status True, False or Unknown
 * @param reason CamelCase, one distinct cause
 * @param message for a person: what is so, and when something is wrong what to do
 * @param kind whether a person should worry
 * @param timed whether the environment's progress deadline is kept by the operator, and not by the Deployment controller
 */
public record Finding(Component step, String status, String reason, String message, Kind kind, boolean timed) {

    /** A finding that the operator times. */
    public Finding(Component step, String status, String reason, String message, Kind kind) {
        this(step, status, reason, message, kind, true);
    }

    /** How a step that is not ready stands. */
    public enum Kind {
        /** As it should be. */
        READY,
        /** On its way; the progress deadline of the environment decides when that is too long. */
        WORKING,
        /** Something is wrong that may still mend itself or be mended. */
        FAILING,
        /** The deadline has passed; nothing more happens until the cause goes. */
        GAVE_UP
    }

    public static Finding ready(Component step, String reason, String message) {
        return new Finding(step, "True", reason, message, Kind.READY);
    }

    public static Finding working(Component step, String reason, String message) {
        return new Finding(step, "False", reason, message, Kind.WORKING);
    }

    public static Finding failing(Component step, String reason, String message) {
        return new Finding(step, "False", reason, message, Kind.FAILING);
    }

    public static Finding of(Blocker problem) {
        return failing(problem.step(), problem.reason(), problem.message());
    }

    /** The same, of a rollout under way: the Deployment controller, which knows progress, keeps the deadline. */
    public Finding timedByDeployment() {
        return new Finding(step, status, reason, message, kind, false);
    }

    public boolean isReady() {
        return kind == Kind.READY;
    }
}
