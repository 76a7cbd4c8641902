package com.recordsponge.operator.runtime;

import io.javaoperatorsdk.operator.api.monitoring.Metrics.ControllerExecution;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;

/** A reconciliation of a test, as the SDK hands it to the metrics. */
record TestExecution(Runnable work) implements ControllerExecution<Void> {

    @Override
    public String name() {
        return "reconcile";
    }

    @Override
    public String controllerName() {
        return "operator";
    }

    @Override
    public String successTypeName(Void result) {
        return "";
    }

    @Override
    public ResourceID resourceID() {
        return new ResourceID("site", "recordsponge");
    }

    @Override
    public Map<String, Object> metadata() {
        return Map.of();
    }

    @Override
    public Void execute() {
        work.run();
        return null;
    }
}
