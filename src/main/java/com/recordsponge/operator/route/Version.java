package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.Digest;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A version of a Middleware or ServersTransport. It exists before an Ingress or the Service names it, never changes, and
 * exists until the ingress controller uses another one.
 *
 * @param name with a hash of the content
 */
record Version(String name, Map<String, Object> spec) {

    /** @param type what the object configures, with one level of settings */
    static Version of(RouteNames names, String suffix, String type, Map<String, Object> settings) {
        var content = settings.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, setting -> setting.getValue().toString()));
        return new Version(names.version(suffix, type + " " + Digest.of(content)), Map.of(type, Map.copyOf(settings)));
    }
}
