package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The DNS names that an environment requests and serves. Names are in lower case: the schema refuses all others.
 *
 * <p>One environment owns a name; the others wait for it. The owner is the environment whose Ingresses serve the name:
 * no edit of another environment, not even of an older one, can remove the name from a running site. A name that no
 * Ingress serves belongs to the oldest environment, by creationTimestamp and, within one second, by namespace and name;
 * for a grace period only to environments of its last owner's namespace ({@link HostRulebook}).
 * The operator reads all of this from the environments themselves, and so decides the same after a restart.
 *
 * @param environment namespace/name
 * @param since creationTimestamp (RFC 3339, UTC, seconds), which sorts by time as text
 * @param requested names in its spec
 * @param served names that its Ingresses serve, including those that it no longer requests until a route to the new ones serves
 * @param waiting the last owners of names that it waits for, by its status
 */
public record HostClaim(
        String environment, String since, Set<String> requested, Set<String> served, Map<String, HostRelease> waiting) {

    /** What an environment claims, given what its Ingresses serve. */
    public static HostClaim of(RecordSpongeEnvironment environment, Collection<String> served) {
        var metadata = environment.getMetadata();
        return new HostClaim(
                metadata.getNamespace() + "/" + metadata.getName(),
                metadata.getCreationTimestamp(),
                requested(environment),
                new TreeSet<>(served),
                waiting(environment));
    }

    /** The names in an environment's spec. */
    static Set<String> requested(RecordSpongeEnvironment environment) {
        var spec = environment.getSpec();
        var requested = new TreeSet<>(Set.of(spec.host()));
        if (spec.aliases() != null) {
            requested.addAll(spec.aliases());
        }
        return requested;
    }

    private static Map<String, HostRelease> waiting(RecordSpongeEnvironment environment) {
        var releases = new HashMap<String, HostRelease>();
        Optional.ofNullable(environment.getStatus())
                .map(EnvironmentStatus::waitingHosts)
                .orElse(List.of())
                .forEach(
                        waiting -> HostRelease.of(waiting).ifPresent(release -> releases.put(waiting.host(), release)));
        return releases;
    }

    /** The same, given what its status says of its Ingresses. */
    public static HostClaim of(RecordSpongeEnvironment environment) {
        var status = environment.getStatus();
        return of(environment, status == null || status.hosts() == null ? List.of() : status.hosts());
    }

    /** All names, requested or served. */
    public Set<String> names() {
        var names = new LinkedHashSet<>(requested);
        names.addAll(served);
        return names;
    }

    String namespace() {
        return HostRelease.namespace(environment);
    }

    /** The owner of a name comes first. */
    static Comparator<HostClaim> precedence(String host) {
        return Comparator.comparing((HostClaim claim) -> !claim.served().contains(host))
                .thenComparing(claim -> !claim.requested().contains(host))
                .thenComparing(HostClaim::since)
                .thenComparing(HostClaim::environment);
    }
}
