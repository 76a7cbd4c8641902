package com.recordsponge.operator.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import java.util.regex.Pattern;

/** A request of the operator to the API server. */
record ApiRequest(String method, String path, String query, String body) {

    private static final Pattern NAMESPACED =
            Pattern.compile("/(?:api/v1|apis/[^/]+/[^/]+)/namespaces/(?<namespace>[^/]+)/(?<object>.+)");

    /** Empty where it asks for what is not in one namespace. */
    Optional<String> namespace() {
        return match("namespace");
    }

    boolean watches() {
        return query != null && query.contains("watch=true");
    }

    boolean writes() {
        return !method.equals("GET");
    }

    /** What it does, such as «PATCH deployments/site»; of an Event what it tells. */
    String summary() {
        var object = match("object").orElse(path);
        return "%s %s%s".formatted(method, object, object.equals("events") ? " " + told() : "");
    }

    private Optional<String> match(String group) {
        var matcher = NAMESPACED.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(group)) : Optional.empty();
    }

    private String told() {
        try {
            var event = Serialization.jsonMapper().readTree(body);
            var condition = event.path("message").asText().split(":", 2)[0];
            return condition + " " + event.path("reason").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
