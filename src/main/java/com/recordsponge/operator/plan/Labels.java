package com.recordsponge.operator.plan;

import java.util.Map;

/** The fixed labels of everything that the operator creates. Never copied from the environment: other tools own its labels. */
public final class Labels {

    public static final String ENVIRONMENT = "recordsponge.com/environment";
    public static final String MANAGER = "recordsponge-operator";

    /** Selects everything that the operator created, and nothing else. */
    public static final String MANAGED_SELECTOR = "app.kubernetes.io/managed-by=" + MANAGER;

    private Labels() {}

    /** Labels of an object that belongs to the environment. */
    public static Map<String, String> of(String environment) {
        return Map.of(
                "app.kubernetes.io/name",
                "recordsponge",
                "app.kubernetes.io/managed-by",
                MANAGER,
                ENVIRONMENT,
                environment);
    }

    /** Labels that select the environment's pods. Never changed: a Deployment's selector is immutable. */
    public static Map<String, String> selector(String environment) {
        return Map.of("app.kubernetes.io/name", "recordsponge", ENVIRONMENT, environment);
    }
}
