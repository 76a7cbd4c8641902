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
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each field of the owned objects was put back. If somebody sets a field again and again, the operator stops:
 * two controllers that fight over a field write for ever, and roll the pods each time. In memory: a restarted operator counts
 * anew.
 */
@Singleton
public class PutBacks extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements ResourceEventAware<RecordSpongeEnvironment> {

    /** So many times within {@link #WINDOW}, and no more. */
    public static final int LIMIT = 3;

    public static final Duration WINDOW = Duration.ofMinutes(10);

    /** How long the operator then leaves the field. */
    public static final Duration PAUSE = Duration.ofHours(1);

    private final Clock clock;
    private final Map<ResourceID, Map<String, Entry>> known = new ConcurrentHashMap<>();

    /** What is known of one object. The reconciliations of one environment never run at the same time. */
    private static final class Entry {
        private int applied;
        private Long generation;
        private final Map<String, Deque<Instant>> times = new HashMap<>();
        private Instant until = Instant.MIN;
    }

    PutBacks(Clock clock) {
        super("put-backs");
        this.clock = clock;
    }

    /** An object is as the operator wants it. */
    void matches(RecordSpongeEnvironment environment, HasMetadata desired) {
        entry(environment, desired).applied = desired.hashCode();
    }

    /** Whether an object that differs was as wanted before: somebody edited it since. */
    boolean isEdited(RecordSpongeEnvironment environment, HasMetadata desired) {
        return entry(environment, desired).applied == desired.hashCode();
    }

    /** Whether the operator leaves an edited object for now. */
    boolean leaves(RecordSpongeEnvironment environment, HasMetadata desired, Collection<String> paths) {
        var entry = entry(environment, desired);
        var now = clock.instant();
        if (now.isBefore(entry.until)) {
            return true;
        }
        var tooOften = paths.stream()
                .map(path -> entry.times.getOrDefault(path, new ArrayDeque<>()))
                .anyMatch(times ->
                        times.size() == LIMIT && times.getFirst().plus(WINDOW).isAfter(now));
        if (tooOften) {
            entry.until = now.plus(PAUSE);
        }
        return tooOften;
    }

    /** The operator has put fields of an object back. */
    void putBack(RecordSpongeEnvironment environment, HasMetadata desired, Collection<String> paths) {
        var entry = entry(environment, desired);
        var now = clock.instant();
        // After a pause a single try is enough to see that nothing has changed.
        var count = entry.until.equals(Instant.MIN) ? 1 : LIMIT;
        for (var path : paths) {
            var times = entry.times.computeIfAbsent(path, _ -> new ArrayDeque<>());
            for (var each = 0; each < count; each++) {
                times.addLast(now);
            }
            while (times.size() > LIMIT) {
                times.removeFirst();
            }
        }
    }

    /** The operator has deleted an object. */
    void forget(RecordSpongeEnvironment environment, HasMetadata object) {
        known.getOrDefault(ResourceID.fromResource(environment), new ConcurrentHashMap<>())
                .remove(key(object));
    }

    /** An edit of the environment makes the operator try again. */
    private Entry entry(RecordSpongeEnvironment environment, HasMetadata object) {
        var metadata = environment.getMetadata();
        var entry = known.computeIfAbsent(ResourceID.fromResource(environment), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(key(object), _ -> new Entry());
        if (!Objects.equals(entry.generation, metadata.getGeneration())) {
            entry.generation = metadata.getGeneration();
            entry.times.clear();
            entry.until = Instant.MIN;
        }
        return entry;
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        known.remove(ResourceID.fromResource(environment));
    }
}
