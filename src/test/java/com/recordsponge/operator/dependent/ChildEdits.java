package com.recordsponge.operator.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One edit of each value in an object, as far as the API server permits it. */
final class ChildEdits {

    /** Who or what the object is, and what the API server writes. */
    private static final Set<String> NOT_CONTENT = Set.of("/apiVersion", "/kind", "/status");

    private static final Set<String> METADATA = Set.of("/metadata/labels", "/metadata/annotations");

    private final KubernetesClient client;
    private final HasMetadata object;

    /** A value that replaces another; {@code path} is a JSON pointer. */
    record Edit(String path, Object before, Object after) {

        private Map<String, Object> patch(Object value) {
            return Map.of("op", "replace", "path", path, "value", value);
        }

        @Override
        public String toString() {
            return path + "=" + after;
        }
    }

    ChildEdits(KubernetesClient client, HasMetadata object) {
        this.client = client;
        this.object = object;
    }

    /** All edits that the API server permits, as few sets as it permits at once. */
    List<List<Edit>> sets() {
        var remaining = new ArrayList<Edit>();
        collect("", Serialization.jsonMapper().convertValue(object, Map.class), remaining);
        var sets = new ArrayList<List<Edit>>();
        while (!remaining.isEmpty()) {
            var set = new ArrayList<Edit>();
            for (var edit : remaining) {
                set.add(edit);
                if (!isPermitted(set)) {
                    set.removeLast();
                }
            }
            remaining.removeAll(set);
            sets.add(set);
        }
        return sets;
    }

    /** Makes several edits at once. */
    void make(List<Edit> edits) {
        patch(edits.stream().map(edit -> edit.patch(edit.after())), new PatchContext.Builder());
    }

    /** Takes them back. */
    void undo(List<Edit> edits) {
        patch(edits.stream().map(edit -> edit.patch(edit.before())), new PatchContext.Builder());
    }

    private void collect(String path, Object value, List<Edit> edits) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, child) -> {
                    var childPath =
                            path + "/" + key.toString().replace("~", "~0").replace("/", "~1");
                    if (isContent(childPath)) {
                        collect(childPath, child, edits);
                    }
                });
            case List<?> list -> {
                for (var index = 0; index < list.size(); index++) {
                    collect(path + "/" + index, list.get(index), edits);
                }
            }
            case null -> {
                // Not set.
            }
            default -> permitted(path, value).ifPresent(edits::add);
        }
    }

    private static boolean isContent(String path) {
        return !NOT_CONTENT.contains(path)
                && (!path.startsWith("/metadata/") || METADATA.stream().anyMatch(path::startsWith));
    }

    private Optional<Edit> permitted(String path, Object value) {
        return others(value)
                .map(other -> new Edit(path, value, other))
                .filter(edit -> isPermitted(List.of(edit)))
                .findFirst();
    }

    /** The API server may permit one of several. */
    private static Stream<Object> others(Object value) {
        return switch (value) {
            case Boolean flag -> Stream.of(!flag);
            case Number number -> Stream.of(number.longValue() + 1, number.longValue() - 1);
            default ->
                Stream.<Object>of("other", value + "x", "b3RoZXI=", "192.0.2.77", "7Mi", "7s", "1")
                        .filter(other -> !other.equals(value));
        };
    }

    private boolean isPermitted(List<Edit> edits) {
        try {
            patch(
                    edits.stream().map(edit -> edit.patch(edit.after())),
                    new PatchContext.Builder().withDryRun(List.of("All")));
            return true;
        } catch (KubernetesClientException _) {
            return false;
        }
    }

    private void patch(Stream<Map<String, Object>> operations, PatchContext.Builder context) {
        client.resource(object)
                .patch(context.withPatchType(PatchType.JSON).build(), Serialization.asJson(operations.toList()));
    }
}
