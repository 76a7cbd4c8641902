package com.recordsponge.operator.database;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that a pod asks DNS for when it looks up a host, in their order. A host such as {@code postgres} or {@code pg-0.pg}
 * means a Service or pod of the pod's own namespace; in the operator's namespace it could be somebody else's server, which
 * would get the password.
 *
 * <p>Source: Kubernetes documentation, "DNS for Services and Pods"; resolv.conf(5).
 */
final class PodNames {

    /** The kubelet writes {@code options ndots:5}: a host with fewer dots is tried below the search domains first. */
    private static final int NDOTS = 5;

    /** The first search domain of a pod is that of its namespace. */
    private static final Pattern NAMESPACE_DOMAIN = Pattern.compile("[a-z0-9-]+[.](?<services>svc[.].+)");

    private PodNames() {}

    /**
     * @param namespace of the pod
     * @param resolvConf the operator's own resolv.conf; its pod and the other have all but the first search domain in common
     * @return absolute names; the host itself if the operator does not run in a pod
     */
    static List<String> of(String host, String namespace, String resolvConf) {
        var domains = searchDomains(resolvConf);
        var first = domains.isEmpty() ? null : NAMESPACE_DOMAIN.matcher(domains.getFirst());
        if (first == null || !first.matches()) {
            return List.of(host);
        }
        var below = Stream.concat(
                        Stream.of(namespace + "." + first.group("services")),
                        domains.stream().skip(1))
                .map(domain -> host + "." + domain + ".");
        var absolute = Stream.of(host + ".");
        var dots = host.chars().filter(character -> character == '.').count();
        return (dots < NDOTS ? Stream.concat(below, absolute) : Stream.concat(absolute, below)).toList();
    }

    /** The last {@code search} line counts. */
    private static List<String> searchDomains(String resolvConf) {
        return resolvConf
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words[0].equals("search"))
                .reduce((_, last) -> last)
                .map(words -> Arrays.stream(words).skip(1).toList())
                .orElse(List.of());
    }
}
