package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when nothing refers to a version any more. Who reads objects through watches of their own, such as an ingress
 * controller, can see that a version is gone before it sees that nothing refers to it. In memory: a restarted operator counts
 * anew.
 */
@Singleton
public class Releases extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements ResourceEventAware<RecordSpongeEnvironment> {

    private final Clock clock;
    private final Map<ResourceID, Map<String, Instant>> known = new ConcurrentHashMap<>();

    Releases(Clock clock) {
        super("releases");
        this.clock = clock;
    }

    /** Something refers to a version. */
    void used(RecordSpongeEnvironment environment, HasMetadata version) {
        of(environment).remove(version.getMetadata().getUid());
    }

    /** Nothing refers to a version: how much of a grace period is left since the first call. */
    Duration remaining(RecordSpongeEnvironment environment, HasMetadata version, Duration grace) {
        var now = clock.instant();
        var since = of(environment).computeIfAbsent(version.getMetadata().getUid(), _ -> now);
        var remaining = Duration.between(now, since.plus(grace));
        return remaining.isPositive() ? remaining : Duration.ZERO;
    }

    private Map<String, Instant> of(RecordSpongeEnvironment environment) {
        return known.computeIfAbsent(ResourceID.fromResource(environment), _ -> new ConcurrentHashMap<>());
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        known.remove(ResourceID.fromResource(environment));
    }
}
