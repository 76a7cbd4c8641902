package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PodData;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Builds the copies of what pods read from Secrets and ConfigMaps. */
final class DataCopies {

    private DataCopies() {}

    /** @param sessionKey what pods read of the session key, which can be younger than the plan */
    static List<Secret> copies(EnvironmentPlan plan, PodData sessionKey) {
        var copies = new LinkedHashMap<String, Secret>();
        Stream.concat(Stream.of(sessionKey), plan.pods().data().stream())
                .flatMap(data -> data.secret(plan).stream())
                .forEach(copy -> copies.put(copy.getMetadata().getName(), copy));
        return List.copyOf(copies.values());
    }
}
