package com.recordsponge.operator.golden;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.certificate.CertificateObjects;
import com.recordsponge.operator.database.DatabaseObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.route.RouteObjects;
import com.recordsponge.operator.route.Services;
import com.recordsponge.operator.sessions.SessionsClaims;
import com.recordsponge.operator.workload.Deployments;
import com.recordsponge.operator.workload.DisruptionBudgets;
import com.recordsponge.operator.workload.NetworkPolicies;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything that is built from a plan but the random session key. */
public final class Manifests {

    private Manifests() {}

    /** All objects, in the order of a rollout. */
    static List<HasMetadata> of(EnvironmentPlan plan) {
        return bySteps(plan).values().stream().flatMap(List::stream).toList();
    }

    /** The objects of each step, whether or not the plan lets the step go on. */
    public static Map<Component, List<HasMetadata>> bySteps(EnvironmentPlan plan) {
        var workload = new ArrayList<HasMetadata>();
        NetworkPolicies.policy(plan, List.of()).ifPresent(workload::add);
        plan.sessions().ifPresent(sessions -> workload.add(SessionsClaims.claim(plan, sessions)));
        workload.add(Deployments.deployment(plan, Map.of("SECRET_KEY", "Z2VuZXJhdGVk")));
        DisruptionBudgets.budget(plan).ifPresent(workload::add);
        var route = new ArrayList<HasMetadata>(List.of(Services.service(plan)));
        route.addAll(RouteObjects.of(plan));
        var objects = new LinkedHashMap<Component, List<HasMetadata>>();
        objects.put(Component.DATABASE, DatabaseObjects.of(plan));
        objects.put(Component.WORKLOAD, workload);
        objects.put(Component.ROUTE, route);
        objects.put(Component.CERTIFICATE, CertificateObjects.of(plan));
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
