package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;

/** Fills in objects of other projects' custom resources. */
public final class CustomObjects {

    private CustomObjects() {}

    public static <R extends GenericKubernetesResource> R fill(
            R object, EnvironmentPlan plan, String name, Map<String, Object> spec) {
        object.setMetadata(plan.metadata(name));
        object.setAdditionalProperty("spec", spec);
        return object;
    }

    /** A number in the type that Jackson reads from JSON; in another it would never equal the API server's. */
    public static Number number(long value) {
        if (value == (int) value) {
            return (int) value;
        }
        return value;
    }
}
