package com.recordsponge.operator.api.v1;

/** The steps of a rollout, each with the condition that reports it. */
public enum Component {
    DATABASE("DatabaseReady"),
    SESSIONS("SessionsReady"),
    WORKLOAD("WorkloadAvailable"),
    CERTIFICATE("CertificateReady"),
    ROUTE("RouteReady");

    private final String condition;

    Component(String condition) {
        this.condition = condition;
    }

    /** The type of the condition that reports this step. */
    public String condition() {
        return condition;
    }
}
