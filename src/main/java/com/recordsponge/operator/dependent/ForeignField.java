package com.recordsponge.operator.dependent;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A field of an owned object that differs from what the operator applied, with the field manager that wrote it.
 *
 * @param path for people, such as {@code spec.template.spec.containers[app].env[DEBUG]}
 * @param manager such as {@code kubectl-edit}
 * @param location the steps of its JSON pointer
 * @param added whether the operator does not set the field: server-side apply would leave it
 */
record ForeignField(String path, String manager, List<String> location, boolean added) {

    /** JSON pointer (RFC 6901). */
    String pointer() {
        return location.stream()
                .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
