package com.recordsponge.operator.golden;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.certificate.CertificateObjects;
import com.recordsponge.operator.database.DatabaseObjects;
import com.recordsponge.operator.dev.DevObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.route.RouteObjects;
import com.recordsponge.operator.sessions.SessionsObjects;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All objects built from a plan except the random session key and the random credentials of PostgreSQL. */
public final class Manifests {

    private Manifests() {}

    /** All objects, in the order of their components. */
    static List<HasMetadata> of(EnvironmentPlan plan) {
        return byComponent(plan).values().stream().flatMap(List::stream).toList();
    }

    /** The objects of each component, whether or not the plan blocks it. */
    public static Map<Component, List<HasMetadata>> byComponent(EnvironmentPlan plan) {
        var objects = new EnumMap<Component, List<HasMetadata>>(Component.class);
        objects.put(Component.DEVELOPMENT, DevObjects.of(plan));
        objects.put(Component.DATABASE, DatabaseObjects.of(plan));
        objects.put(
                Component.SESSIONS,
                SessionsObjects.claim(plan).<HasMetadata>map(claim -> claim).stream()
                        .toList());
        objects.put(Component.WORKLOAD, WorkloadObjects.of(plan));
        objects.put(Component.CERTIFICATE, CertificateObjects.of(plan));
        objects.put(Component.ROUTE, RouteObjects.of(plan));
        return objects;
    }

    /** Equal text for equal objects, regardless of the order of their maps. */
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
