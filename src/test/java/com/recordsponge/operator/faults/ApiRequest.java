package com.recordsponge.operator.faults;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import java.util.regex.Pattern;

/** A request from the operator to the API server. */
record ApiRequest(String method, String path, String query, String body) {

    private static final Pattern NAMESPACED =
            Pattern.compile("/(?:api/v1|apis/[^/]+/[^/]+)/namespaces/(?<namespace>[^/]+)/(?<object>.+)");

    private static final Pattern VERSION =
            Pattern.compile("\\b(" + FullEnvironment.NAME + "(?:-[a-z]+)*)-[0-9a-f]{8}\\b");

    /** Empty if the request is not for one namespace. */
    Optional<String> namespace() {
        return match("namespace");
    }

    boolean watches() {
        return query != null && query.contains("watch=true");
    }

    boolean writes() {
        return !method.equals("GET");
    }

    /** Verb and object, such as {@code PATCH deployments/site}; for an Event also its condition and reason. */
    String summary() {
        var object = withoutVersions(match("object").orElse(path));
        return object.equals("events") ? summaryOf(Serialization.unmarshal(body, Event.class)) : method + " " + object;
    }

    /** The summary of the request that creates an Event. */
    static String summaryOf(Event event) {
        var condition = event.getMessage().split(":", 2)[0];
        return "POST events %s %s".formatted(condition, event.getReason());
    }

    /** Hides the hashes in the names of objects, which differ in each namespace. */
    static String withoutVersions(String text) {
        return VERSION.matcher(text).replaceAll("$1-VERSION");
    }

    private Optional<String> match(String group) {
        var matcher = NAMESPACED.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(group)) : Optional.empty();
    }
}
