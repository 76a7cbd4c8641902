package com.recordsponge.operator.matrix;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The spec of an environment, as the maps and lists of its YAML; immutable. */
record Spec(Map<String, Object> values) {

    /** The value at a path; {@code []} is the first entry of a list. */
    Optional<Object> get(String path) {
        Object value = values;
        for (var step : steps(path)) {
            if (value instanceof Map<?, ?> map) {
                value = map.get(step);
            } else if (value instanceof List<?> list) {
                value = list.isEmpty() ? null : list.getFirst();
            }
        }
        return Optional.ofNullable(value);
    }

    /** The same spec with a value at a path; null removes the field. */
    Spec with(String path, Object value) {
        var copy = copy();
        Object parent = copy;
        var steps = steps(path);
        for (var step : steps.subList(0, steps.size() - 1)) {
            parent = child(parent, step);
        }
        var name = steps.getLast();
        if (value == null) {
            map(parent).remove(name);
        } else {
            map(parent).put(name, value);
        }
        return new Spec(copy);
    }

    /** The same spec with several values. */
    Spec with(Map<String, Object> changes) {
        var spec = this;
        for (var change : changes.entrySet()) {
            spec = spec.with(change.getKey(), change.getValue());
        }
        return spec;
    }

    private static Object child(Object parent, String step) {
        if (parent instanceof List<?> list) {
            return list.getFirst();
        }
        return map(parent).computeIfAbsent(step, _ -> new LinkedHashMap<String, Object>());
    }

    /** {@code a[].b} as a, [], b. */
    private static List<String> steps(String path) {
        var steps = new ArrayList<String>();
        for (var step : path.split("[.]")) {
            steps.add(step.replace("[]", ""));
            if (step.endsWith("[]")) {
                steps.add("[]");
            }
        }
        return steps;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> copy() {
        return Serialization.unmarshal(Serialization.asJson(values), LinkedHashMap.class);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
