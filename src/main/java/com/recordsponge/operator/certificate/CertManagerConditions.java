package com.recordsponge.operator.certificate;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The conditions of cert-manager's objects. */
final class CertManagerConditions {

    private CertManagerConditions() {}

    static Optional<Map<String, Object>> find(GenericKubernetesResource object, String type) {
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        return Objects.requireNonNullElse(conditions, List.<Map<String, Object>>of()).stream()
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst();
    }
}
