package com.recordsponge.operator.plan;

/** The steps of a rollout, each with the condition that reports it. */
public enum Step {
    DATABASE("DatabaseReady"),
    SESSIONS("SessionsReady"),
    WORKLOAD("WorkloadAvailable"),
    CERTIFICATE("CertificateReady"),
    ROUTE("RouteReady");

    private final String condition;

    Step(String condition) {
        this.condition = condition;
    }

    /** The type of the condition that reports this step. */
    public String condition() {
        return condition;
    }
}
