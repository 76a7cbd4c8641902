package com.recordsponge.operator.dependent;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the operator does with fields of its objects that somebody else adds. The longest matching path decides;
 * docs/conditions.md prints the table. A field that the operator sets itself is always put back.
 */
public enum FieldRule {
    RESTARTED_AT(
            "Deployment",
            Treatment.LEFT,
            "`kubectl rollout restart`",
            "spec",
            "template",
            "metadata",
            "annotations",
            "kubectl.kubernetes.io/restartedAt"),
    PAUSED(
            "Deployment",
            Treatment.REPORTED,
            "`kubectl rollout pause`; WorkloadAvailable has reason RolloutPaused while a change waits",
            "spec",
            "paused"),
    CLUSTER_IP("Service", Treatment.LEFT, "the API server allocates it", "spec", "clusterIP"),
    CLUSTER_IPS("Service", Treatment.LEFT, "the API server allocates them", "spec", "clusterIPs"),
    IP_FAMILIES("Service", Treatment.LEFT, "the API server allocates them", "spec", "ipFamilies"),
    IP_FAMILY_POLICY("Service", Treatment.LEFT, "the API server sets it", "spec", "ipFamilyPolicy"),
    TRAEFIK_ANNOTATIONS(
            null,
            Treatment.PUT_BACK,
            "they change how Traefik serves the route",
            "metadata",
            "annotations",
            "traefik.ingress.kubernetes.io/*"),
    CERT_MANAGER_ANNOTATIONS(
            "Ingress",
            Treatment.PUT_BACK,
            "cert-manager would issue a second certificate",
            "metadata",
            "annotations",
            "cert-manager.io/*"),
    METADATA(
            null,
            Treatment.LEFT,
            "labels, annotations, finalizers and owner references of other tools such as Argo CD",
            "metadata"),
    STATUS(null, Treatment.LEFT, "Kubernetes' controllers report here", "status"),
    EVERYTHING_ELSE(null, Treatment.PUT_BACK, "it changes what runs");

    /** What happens to a field. */
    public enum Treatment {
        /** The operator removes the field. */
        PUT_BACK,
        /** The field stays, and a condition names it. */
        REPORTED,
        /** The field stays. */
        LEFT
    }

    private final String kind;
    private final Treatment treatment;
    private final String explanation;
    private final List<String> path;

    FieldRule(String kind, Treatment treatment, String explanation, String... path) {
        this.kind = kind;
        this.treatment = treatment;
        this.explanation = explanation;
        this.path = List.of(path);
    }

    /** The rule for a field. */
    static FieldRule of(String kind, List<String> field) {
        return Arrays.stream(values())
                .filter(rule -> rule.isFor(kind) && rule.covers(field))
                .max(Comparator.comparing(rule -> rule.path.size()))
                .orElse(EVERYTHING_ELSE);
    }

    /** Whether a rule is about a part of a field. */
    static boolean dividesField(String kind, List<String> field) {
        return Arrays.stream(values())
                .anyMatch(rule -> rule.isFor(kind)
                        && rule.path.size() > field.size()
                        && rule.path.subList(0, field.size()).equals(field));
    }

    private boolean isFor(String other) {
        return kind == null || kind.equals(other);
    }

    private boolean covers(List<String> field) {
        if (path.size() > field.size()) {
            return false;
        }
        for (var index = 0; index < path.size(); index++) {
            var step = path.get(index);
            var matches = step.endsWith("*")
                    ? field.get(index).startsWith(step.substring(0, step.length() - 1))
                    : field.get(index).equals(step);
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    public Treatment treatment() {
        return treatment;
    }

    /** Why, in Markdown. */
    public String explanation() {
        return explanation;
    }

    /** The kind of the objects; empty for all. */
    public String kind() {
        return kind == null ? "" : kind;
    }

    /** The field as a condition names it; empty for every field without a rule of its own. */
    public String field() {
        return text(path);
    }

    /** A field as people write it: names with a dot are in brackets. */
    static String text(List<String> path) {
        return path.stream()
                .map(step -> step.startsWith("[") ? step : step.contains(".") ? "[" + step + "]" : "." + step)
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
