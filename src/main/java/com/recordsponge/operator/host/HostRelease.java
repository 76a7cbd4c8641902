package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.EnvironmentStatus.WaitingHost;
import com.recordsponge.operator.plan.Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The last owner of a DNS name.
 *
 * @param owner namespace/name
 * @param at when it released the name; empty if the release was not observed
 */
public record HostRelease(String owner, Optional<Instant> at) {

    /** The later of two releases; one that was not observed is the latest. */
    static final Comparator<HostRelease> BY_TIME =
            Comparator.comparing(release -> release.at().orElse(Instant.MAX));

    /** As a status remembers it; empty for an entry that somebody spoilt. */
    static Optional<HostRelease> of(WaitingHost waiting) {
        return Optional.ofNullable(waiting.owner())
                .filter(owner -> owner.contains("/"))
                .map(owner -> new HostRelease(owner, Times.parse(waiting.releasedAt())));
    }

    String namespace() {
        return namespace(owner);
    }

    static String namespace(String environment) {
        return environment.substring(0, environment.indexOf('/'));
    }
}
