package com.recordsponge.operator.faults;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import java.util.regex.Pattern;

/** A request from the operator to the API server. */
record ApiRequest(String method, String path, String query, String body) {

    private static final Pattern NAMESPACED =
            Pattern.compile("/(?:api/v1|apis/[^/]+/[^/]+)/namespaces/(?<namespace>[^/]+)/(?<object>.+)");

    /** The hash at the end of a name of {@link FullEnvironment#NAME}'s objects. */
    private static final Pattern HASH =
            Pattern.compile("(?<=\\b" + FullEnvironment.NAME + "[-a-z]{0,20})-[0-9a-f]{8}\\b");

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
        var object = match("object").orElse(path);
        return object.equals("events")
                ? summaryOf(Serialization.unmarshal(body, Event.class))
                : method + " " + withoutHash(object);
    }

    /** Names without the hash that differs between namespaces. */
    static String withoutHash(String text) {
        return HASH.matcher(text).replaceAll("-HASH");
    }

    /** The summary of the request that creates an Event. */
    static String summaryOf(Event event) {
        var condition = event.getMessage().split(":", 2)[0];
        return "POST events %s %s".formatted(condition, event.getReason());
    }

    private Optional<String> match(String group) {
        var matcher = NAMESPACED.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(group)) : Optional.empty();
    }
}
