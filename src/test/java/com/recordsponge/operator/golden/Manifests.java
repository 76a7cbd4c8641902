package com.recordsponge.operator.golden;

import com.recordsponge.operator.database.DatabaseObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.route.RouteObjects;
import com.recordsponge.operator.workload.Deployments;
import com.recordsponge.operator.workload.DisruptionBudgets;
import com.recordsponge.operator.workload.NetworkPolicies;
import com.recordsponge.operator.workload.Services;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything that is built from a plan but the random session key, in the order of a rollout. */
final class Manifests {

    private Manifests() {}

    static List<HasMetadata> of(EnvironmentPlan plan) {
        var objects = new ArrayList<>(DatabaseObjects.of(plan));
        NetworkPolicies.policy(plan, List.of()).ifPresent(objects::add);
        objects.add(Deployments.deployment(plan, Map.of("SECRET_KEY", "Z2VuZXJhdGVk")));
        DisruptionBudgets.budget(plan).ifPresent(objects::add);
        objects.add(Services.service(plan));
        objects.addAll(RouteObjects.of(plan));
        return objects;
    }

    /** The same text for the same objects, whatever order their maps are in. */
    static String yaml(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> Serialization.jsonMapper().convertValue(object, Map.class))
                .map(tree -> Serialization.asYaml(sorted(tree)))
                .collect(Collectors.joining());
    }

    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var tree = new TreeMap<String, Object>();
                map.forEach((key, child) -> tree.put((String) key, sorted(child)));
                yield tree;
            }
            case List<?> list -> list.stream().map(Manifests::sorted).toList();
            case null, default -> value;
        };
    }
}
