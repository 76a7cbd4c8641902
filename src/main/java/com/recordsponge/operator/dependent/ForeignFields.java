package com.recordsponge.operator.dependent;

import com.recordsponge.operator.dependent.FieldRule.Treatment;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds the fields of an owned object that other field managers changed. Server-side apply and the SDK's matcher tolerate
 * what others add, such as a further environment variable. What admission adds to the operator's own requests belongs to the
 * operator's manager and is no difference. Pure.
 */
final class ForeignFields {

    private static final String FIELD = "f:";
    private static final String KEY = "k:";
    private static final String VALUE = "v:";

    private final String kind;
    private final String manager;
    private final List<ForeignField> found;

    private ForeignFields(String kind, String manager, List<ForeignField> found) {
        this.kind = kind;
        this.manager = manager;
        this.found = found;
    }

    /** Whether anybody but the operator wrote anything that can matter. */
    static boolean hasOtherManagers(Collection<ManagedFieldsEntry> entries, String self) {
        return entries.stream().anyMatch(entry -> isOther(entry, self));
    }

    /**
     * The foreign fields of an object.
     *
     * @param actual the object as the API server has it
     * @param desired the object as the operator applies it
     * @param self the operator's field manager
     */
    static List<ForeignField> of(
            String kind,
            Collection<ManagedFieldsEntry> entries,
            Map<String, Object> actual,
            Map<String, Object> desired,
            String self) {
        var own = entries.stream()
                .filter(entry -> self.equals(entry.getManager()))
                .map(ForeignFields::fields)
                .toList();
        var found = new LinkedHashMap<String, ForeignField>();
        entries.stream().filter(entry -> isOther(entry, self)).forEach(entry -> {
            var fields = new ArrayList<ForeignField>();
            new ForeignFields(kind, entry.getManager(), fields)
                    .walk(fields(entry), own, actual, desired, List.of(), List.of());
            fields.forEach(field -> found.putIfAbsent(field.pointer(), field));
        });
        return List.copyOf(found.values());
    }

    private static boolean isOther(ManagedFieldsEntry entry, String self) {
        return !self.equals(entry.getManager()) && !"status".equals(entry.getSubresource());
    }

    private static Map<String, Object> fields(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() == null ? Map.of() : entry.getFieldsV1().getAdditionalProperties();
    }

    private void walk(
            Map<String, Object> fields,
            List<Map<String, Object>> own,
            Object actual,
            Object desired,
            List<String> path,
            List<String> location) {
        fields.forEach((key, value) -> {
            var child = Child.of(key, actual, desired);
            if (child != null) {
                visit(
                        map(value),
                        own.stream()
                                .filter(mine -> mine.containsKey(key))
                                .map(mine -> map(mine.get(key)))
                                .toList(),
                        child,
                        plus(path, child.name()),
                        plus(location, child.step()));
            }
        });
    }

    private void visit(
            Map<String, Object> fields,
            List<Map<String, Object>> own,
            Child child,
            List<String> path,
            List<String> location) {
        var leaf = fields.keySet().stream().allMatch("."::equals);
        if (child.desired() == null && own.isEmpty() && (leaf || !FieldRule.dividesField(kind, path))) {
            if (FieldRule.of(kind, path).treatment() == Treatment.PUT_BACK) {
                found.add(new ForeignField(FieldRule.text(path), manager, location, true));
            }
        } else if (!leaf) {
            walk(fields, own, child.actual(), child.desired(), path, location);
        } else if (child.desired() != null && !child.desired().equals(child.actual())) {
            found.add(new ForeignField(FieldRule.text(path), manager, location, false));
        }
    }

    private static List<String> plus(List<String> steps, String step) {
        return Stream.concat(steps.stream(), Stream.of(step)).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
    }

    /**
     * A field or an entry of a list, in both forms of the object.
     *
     * @param name for people
     * @param step of the JSON pointer
     * @param desired null if the operator does not set it
     */
    private record Child(String name, String step, Object actual, Object desired) {

        /** The one that a key of managedFields names; null if the object has none. */
        static Child of(String key, Object actual, Object desired) {
            if (key.startsWith(FIELD)) {
                var name = key.substring(FIELD.length());
                var value = map(actual).get(name);
                return value == null
                        ? null
                        : new Child(name, name, value, map(desired).get(name));
            }
            if (!key.startsWith(KEY) && !key.startsWith(VALUE)) {
                return null;
            }
            var wanted = Serialization.unmarshal(key.substring(KEY.length()), Object.class);
            var entries = list(actual);
            for (var index = 0; index < entries.size(); index++) {
                if (isEntry(entries.get(index), wanted)) {
                    var same = list(desired).stream()
                            .filter(entry -> isEntry(entry, wanted))
                            .findFirst();
                    return new Child(
                            "[" + text(wanted) + "]", Integer.toString(index), entries.get(index), same.orElse(null));
                }
            }
            return null;
        }

        private static boolean isEntry(Object entry, Object wanted) {
            return wanted instanceof Map<?, ?> keys
                    ? keys.entrySet().stream()
                            .allMatch(key -> Objects.equals(map(entry).get(key.getKey()), key.getValue()))
                    : Objects.equals(entry, wanted);
        }

        private static String text(Object wanted) {
            return wanted instanceof Map<?, ?> keys
                    ? String.join(
                            "/", keys.values().stream().map(String::valueOf).toList())
                    : String.valueOf(wanted);
        }

        private static List<?> list(Object value) {
            return value instanceof List<?> list ? list : List.of();
        }
    }
}
