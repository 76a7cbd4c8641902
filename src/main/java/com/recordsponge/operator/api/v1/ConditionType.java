package com.recordsponge.operator.api.v1;

/** The types of an environment's conditions. They are API: their names do not change after 1.0.0. */
public enum ConditionType {
    READY("Ready", "the site answers at its URL with the wanted image"),
    RECONCILING("Reconciling", "the operator is still working towards the spec"),
    STALLED(
            "Stalled",
            "the operator stopped waiting after `spec.progressDeadline`; it resumes automatically when the cause is fixed"),
    SUSPENDED("Suspended", "the environment is suspended and no pod of it is left"),
    DEVELOPMENT_READY(
            "DevelopmentReady",
            "the source tree, the front end's development server and PostgreSQL of `dev` are as requested"),
    DATABASE_READY("DatabaseReady", "the application's credentials log in to the database, which accepts writes"),
    SESSIONS_READY("SessionsReady", "the volume of `sessions` exists and has the requested size"),
    IMAGE_RESOLVED("ImageResolved", "the digest behind the image is known"),
    WORKLOAD_AVAILABLE(
            "WorkloadAvailable", "all requested pods are up to date and available, and no old ones are left"),
    CERTIFICATE_READY("CertificateReady", "the Secret holds a valid certificate for all names"),
    ROUTE_READY("RouteReady", "the ingress controller serves the Ingresses, and the site answers through it");

    private final String type;
    private final String meaning;

    ConditionType(String type, String meaning) {
        this.type = type;
        this.meaning = meaning;
    }

    /** What status {@code True} means, as docs/conditions.md prints it. */
    public String meaning() {
        return meaning;
    }

    /** The condition's {@code type}. */
    @Override
    public String toString() {
        return type;
    }
}
