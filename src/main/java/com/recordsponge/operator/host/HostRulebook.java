package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.EnvironmentStatus.WaitingHost;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.HostRules;
import com.recordsponge.operator.plan.NameHolder;
import com.recordsponge.operator.plan.WithheldHost;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decides who gets a DNS name.
 *
 * @param rules which namespaces can have which names
 * @param grace how long a released name stays with the namespace of its last owner
 */
record HostRulebook(HostRules rules, Duration grace) {

    /**
     * What a claim does not get.
     *
     * @param others the claims of other environments for the same names
     * @param releases the releases that this process has observed, by name
     */
    HostDecision decide(HostClaim claim, Collection<HostClaim> others, Map<String, HostRelease> releases, Instant now) {
        var taken = new TreeMap<String, String>();
        var withheld = new TreeMap<String, WithheldHost>();
        var waiting = new ArrayList<WaitingHost>();
        var recheck = Optional.<Duration>empty();
        for (var host : claim.names()) {
            var claims = Stream.concat(Stream.of(claim), others.stream()).toList();
            var last = lastOwner(host, claims, releases, now);
            var owner = owner(host, claims, last, now);
            if (owner.filter(claim::equals).isPresent()) {
                continue;
            }
            if (owner.isPresent()) {
                taken.put(host, owner.get().environment());
                if (claim.requested().contains(host) && !owner.get().namespace().equals(claim.namespace())) {
                    waiting.add(new WaitingHost(host, owner.get().environment(), null));
                }
            } else if (!rules.allow(claim.namespace(), host)) {
                withheld.put(host, notAllowed(claim, host));
            } else {
                var at = last.flatMap(HostRelease::at).orElseThrow();
                withheld.put(host, graceful(last.get(), host));
                waiting.add(new WaitingHost(host, last.get().owner(), at.toString()));
                var left = Duration.between(now, at.plus(grace));
                recheck = Optional.of(
                        recheck.filter(sooner -> sooner.compareTo(left) < 0).orElse(left));
            }
        }
        return new HostDecision(taken, withheld, List.copyOf(waiting), recheck);
    }

    /** The last owner as far as this process or a waiting environment's status knows. */
    private static Optional<HostRelease> lastOwner(
            String host, Collection<HostClaim> claims, Map<String, HostRelease> releases, Instant now) {
        var observed = Optional.ofNullable(releases.get(host));
        var recorded = claims.stream()
                .flatMap(claim -> Optional.ofNullable(claim.waiting().get(host)).stream())
                .max(HostRelease.BY_TIME);
        return Stream.concat(
                        observed.stream(),
                        recorded.filter(last -> last.at().isPresent() || observed.isEmpty()).stream())
                .max(HostRelease.BY_TIME)
                .map(last -> new HostRelease(
                        last.owner(), last.at().or(() -> Optional.of(now.truncatedTo(ChronoUnit.SECONDS)))));
    }

    private Optional<HostClaim> owner(
            String host, Collection<HostClaim> claims, Optional<HostRelease> last, Instant now) {
        return claims.stream()
                .filter(claim -> claim.names().contains(host))
                .filter(claim -> rules.allow(claim.namespace(), host))
                .filter(claim -> claim.served().contains(host) || !waits(claim, last, now))
                .min(HostClaim.precedence(host));
    }

    /**
     * The claim that has a name: it serves it, or would get it. Whoever only requests a name that it cannot have, or not
     * yet, has nothing that others must respect.
     */
    Optional<HostClaim> holder(
            String host, Collection<HostClaim> claims, Map<String, HostRelease> releases, Instant now) {
        return claims.stream()
                .filter(claim -> claim.served().contains(host))
                .min(HostClaim.precedence(host))
                .or(() -> owner(host, claims, lastOwner(host, claims, releases, now), now));
    }

    /** For whom a name of a certificate is that a namespace cannot have. */
    Optional<NameHolder> reserved(String host, String namespace) {
        return rules.allow(namespace, host) || !HostRules.isName(host)
                ? Optional.empty()
                : Optional.of(NameHolder.namespaces(rules.namespacesOf(host)));
    }

    private boolean waits(HostClaim claim, Optional<HostRelease> last, Instant now) {
        return last.filter(release -> !release.namespace().equals(claim.namespace()))
                .flatMap(HostRelease::at)
                .filter(at -> now.isBefore(at.plus(grace)))
                .isPresent();
    }

    private WithheldHost notAllowed(HostClaim claim, String host) {
        return new WithheldHost(
                Reason.HOST_NOT_ALLOWED,
                "Host %s is only for %s, by the operator's chart value hosts, and this environment is in namespace %s; request another name, or add the namespace there."
                        .formatted(host, String.join(", ", rules.namespacesOf(host)), claim.namespace()));
    }

    private WithheldHost graceful(HostRelease last, String host) {
        var at = last.at().orElseThrow();
        return new WithheldHost(
                Reason.HOST_CONFLICT,
                "Environment %s used host %s until %s. This environment takes it over at %s, unless an environment of namespace %s requests it before."
                        .formatted(last.owner(), host, at, at.plus(grace), last.namespace()));
    }
}
