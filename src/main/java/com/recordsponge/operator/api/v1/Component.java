package com.recordsponge.operator.api.v1;

import java.util.List;

/**
 * The components of an environment, in the order in which the operator applies and reports them. Each waits for its
 * prerequisites: while one of them is blocked, the operator does not change the component's objects.
 */
public enum Component {
    DEVELOPMENT(ConditionType.DEVELOPMENT_READY),
    DATABASE(ConditionType.DATABASE_READY),
    SESSIONS(ConditionType.SESSIONS_READY),
    IMAGE(ConditionType.IMAGE_RESOLVED),
    WORKLOAD(ConditionType.WORKLOAD_AVAILABLE, DEVELOPMENT, DATABASE, SESSIONS, IMAGE),
    CERTIFICATE(ConditionType.CERTIFICATE_READY),
    ROUTE(ConditionType.ROUTE_READY);

    private final ConditionType condition;
    private final List<Component> prerequisites;

    Component(ConditionType condition, Component... prerequisites) {
        this.condition = condition;
        this.prerequisites = List.of(prerequisites);
    }

    /** The condition that reports this component. */
    public ConditionType condition() {
        return condition;
    }

    /** The components that this one waits for. */
    public List<Component> prerequisites() {
        return prerequisites;
    }
}
