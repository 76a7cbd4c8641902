package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The DNS names that an environment requests and serves. Names are in lower case: the schema refuses all others.
 *
 * <p>One environment owns a name; the others wait for it. The owner is the environment whose Ingresses serve the name:
 * no edit of another environment, not even of an older one, can remove the name from a running site. A name that no
 * Ingress serves belongs to the oldest environment, by creationTimestamp and, within one second, by namespace and name.
 * The operator reads all of this from the environments themselves, and so decides the same after a restart.
 *
 * @param environment namespace/name
 * @param since creationTimestamp (RFC 3339, UTC, seconds), which sorts by time as text
 * @param requested names in its spec
 * @param served names that its Ingresses serve, including those that it no longer requests while its route is blocked
 */
public record HostClaim(String environment, String since, Set<String> requested, Set<String> served) {

    /** What an environment claims, given what its Ingresses serve. */
    public static HostClaim of(RecordSpongeEnvironment environment, Collection<String> served) {
        var metadata = environment.getMetadata();
        var spec = environment.getSpec();
        var requested = new TreeSet<>(Set.of(spec.host()));
        if (spec.aliases() != null) {
            requested.addAll(spec.aliases());
        }
        return new HostClaim(
                metadata.getNamespace() + "/" + metadata.getName(),
                metadata.getCreationTimestamp(),
                requested,
                new TreeSet<>(served));
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

    /** The names of this claim that another environment owns, each with that environment as namespace/name. */
    public Map<String, String> taken(Collection<HostClaim> others) {
        var taken = new TreeMap<String, String>();
        for (var host : names()) {
            var owner = Stream.concat(Stream.of(this), others.stream())
                    .filter(claim -> claim.names().contains(host))
                    .min(precedence(host))
                    .orElseThrow();
            if (!owner.environment().equals(environment)) {
                taken.put(host, owner.environment());
            }
        }
        return taken;
    }

    private static Comparator<HostClaim> precedence(String host) {
        return Comparator.comparing((HostClaim claim) -> !claim.served().contains(host))
                .thenComparing(claim -> !claim.requested().contains(host))
                .thenComparing(HostClaim::since)
                .thenComparing(HostClaim::environment);
    }
}
