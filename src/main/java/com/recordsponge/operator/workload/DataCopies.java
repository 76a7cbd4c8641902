package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
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
                .forEach(data -> data.copy().ifPresent(name -> copies.put(name, copy(plan, name, data))));
        return List.copyOf(copies.values());
    }

    private static Secret copy(EnvironmentPlan plan, String name, PodData data) {
        return new SecretBuilder()
                .withMetadata(plan.metadata(name))
                .editMetadata()
                .addToAnnotations(PodData.SOURCE, data.source())
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withData(data.content().isEmpty() ? null : SecretData.encoded(data.content()))
                .build();
    }
}
