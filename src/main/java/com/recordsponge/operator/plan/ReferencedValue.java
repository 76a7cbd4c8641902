package com.recordsponge.operator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.api.v1.Component;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One key of a referenced Secret or ConfigMap: its text, or what is wrong with it. */
public record ReferencedValue(Optional<String> text, Optional<Blocker> blocker) {

    /** @param flaw what is wrong with a value, phrased to follow its name; empty if nothing is */
    public static ReferencedValue read(
            PlanInput input,
            Component component,
            Reference reference,
            String key,
            Function<byte[], Optional<String>> flaw) {
        return read(input.data(reference), component, reference, key, flaw);
    }

    static ReferencedValue read(
            Optional<Map<String, byte[]>> data,
            Component component,
            Reference reference,
            String key,
            Function<byte[], Optional<String>> flaw) {
        if (data.isEmpty()) {
            return blocked(notFound(component, reference));
        }
        var value = data.get().get(key);
        if (value == null || value.length == 0) {
            return blocked(new Blocker(
                    component, reference.kind().incomplete(), "%s has no key %s; add it.".formatted(reference, key)));
        }
        return flaw.apply(value)
                .map(text -> blocked(new Blocker(
                        component,
                        reference.kind().invalid(),
                        "Key %s of %s %s; correct it.".formatted(key, reference, text))))
                .orElseGet(() -> new ReferencedValue(Optional.of(new String(value, UTF_8)), Optional.empty()));
    }

    /** The blocker of a referenced object that does not exist. */
    public static Blocker notFound(Component component, Reference reference) {
        return new Blocker(
                component,
                reference.kind().notFound(),
                "%s does not exist in namespace %s; create it.".formatted(reference, reference.namespace()));
    }

    private static ReferencedValue blocked(Blocker blocker) {
        return new ReferencedValue(Optional.empty(), Optional.of(blocker));
    }
}
