package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Blocker;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What others edited in one object, and how it is removed. */
record Edits(HasMetadata object, List<ForeignField> fields) {

    /** Named instead of a field that somebody removed: no field manager is on record for it. */
    private static final String REMOVED = "a field that was removed";

    private static final int SHOWN = 3;
    static final int UNPROCESSABLE_ENTITY = 422;

    static Edits of(HasMetadata actual, HasMetadata desired, Context<RecordSpongeEnvironment> context) {
        var self = context.getControllerConfiguration().fieldManager();
        var managers = actual.getMetadata().getManagedFields();
        if (!ForeignFields.hasOtherManagers(managers, self)) {
            return new Edits(actual, List.of());
        }
        return new Edits(
                actual,
                ForeignFields.of(actual.getKind(), managers, map(actual, context), map(desired, context), self));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(HasMetadata object, Context<RecordSpongeEnvironment> context) {
        return context.getClient().getKubernetesSerialization().convertValue(object, Map.class);
    }

    /** Whether somebody added what server-side apply would leave. */
    boolean hasAdditions() {
        return fields.stream().anyMatch(ForeignField::added);
    }

    List<String> paths() {
        return fields.isEmpty()
                ? List.of(REMOVED)
                : fields.stream().map(ForeignField::path).toList();
    }

    /**
     * Removes what others added.
     *
     * @return the object without it; empty if the API server refuses an object without it
     */
    <R extends HasMetadata> Optional<R> remove(R actual, Context<RecordSpongeEnvironment> context) {
        if (!hasAdditions()) {
            return Optional.of(actual);
        }
        try {
            return Optional.of(context.getClient()
                    .resource(actual)
                    .patch(PatchContext.of(PatchType.JSON), Serialization.asJson(removal(actual))));
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE_ENTITY) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** JSON patch (RFC 6902) of exactly this version of the object; later entries of a list first. */
    private List<Map<String, String>> removal(HasMetadata actual) {
        var operations = new ArrayList<Map<String, String>>();
        operations.add(Map.of(
                "op", "test",
                "path", "/metadata/resourceVersion",
                "value", actual.getMetadata().getResourceVersion()));
        fields.stream()
                .filter(ForeignField::added)
                .sorted(Comparator.comparing(ForeignField::location, Edits::compare)
                        .reversed())
                .forEach(field -> operations.add(Map.of("op", "remove", "path", field.pointer())));
        return operations;
    }

    private static int compare(List<String> one, List<String> other) {
        for (var index = 0; index < Math.min(one.size(), other.size()); index++) {
            var order = compare(one.get(index), other.get(index));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** Numbers by their value: they are places in a list. */
    private static int compare(String one, String other) {
        return Comparator.comparingInt(String::length)
                .thenComparing(Comparator.naturalOrder())
                .compare(one, other);
    }

    /** Says who edits what, and that the operator leaves it for now. */
    Blocker conflict(Component component) {
        var managers =
                fields.stream().map(ForeignField::manager).distinct().sorted().collect(Collectors.joining(", "));
        return Blocker.partial(
                component,
                Reason.FIELD_CONFLICT,
                "%s %s: %s was put back %d times in %d minutes and has been changed again%s. The operator leaves it for an hour. Stop what changes it; then edit the environment to have it put back at once."
                        .formatted(
                                object.getKind(),
                                object.getMetadata().getName(),
                                paths().stream().sorted().limit(SHOWN).collect(Collectors.joining(", ")),
                                PutBacks.LIMIT,
                                PutBacks.WINDOW.toMinutes(),
                                managers.isEmpty() ? "" : " by " + managers));
    }
}
