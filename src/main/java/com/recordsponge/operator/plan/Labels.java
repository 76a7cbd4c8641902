package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** The fixed labels of everything that the operator creates. Never copied from the environment: other tools own its labels. */
public final class Labels {

    public static final String ENVIRONMENT = "recordsponge.com/environment";
    public static final String MANAGER = "recordsponge-operator";

    /** Selects what the operator created, and copies that other controllers make with its labels: ownership decides. */
    public static final String MANAGED_SELECTOR = "app.kubernetes.io/managed-by=" + MANAGER;

    private static final String NAME = "app.kubernetes.io/name";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String APPLICATION = "recordsponge";

    private Labels() {}

    /** Labels of an object that belongs to the environment. */
    public static Map<String, String> of(String environment) {
        return Map.of(NAME, APPLICATION, MANAGED_BY, MANAGER, ENVIRONMENT, environment);
    }

    /** Labels of the pods of a part beside the application, which the application's Service must not select. */
    public static Map<String, String> ofPart(String environment, String part) {
        return Map.of(NAME, APPLICATION + "-" + part, MANAGED_BY, MANAGER, ENVIRONMENT, environment);
    }

    /** Labels that select the pods of a part beside the application. Never changed. */
    public static Map<String, String> selectorOfPart(String environment, String part) {
        return Map.of(NAME, APPLICATION + "-" + part, ENVIRONMENT, environment);
    }

    /** Whether an object's labels are those of a part beside the application. */
    public static boolean areOfPart(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && labels.getOrDefault(NAME, "").startsWith(APPLICATION + "-");
    }

    /** Labels that select the environment's pods. Never changed: a Deployment's selector is immutable. */
    public static Map<String, String> selector(String environment) {
        return Map.of(NAME, APPLICATION, ENVIRONMENT, environment);
    }
}
