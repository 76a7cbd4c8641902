package com.recordsponge.operator.route;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Since when nothing refers to an object, as far as this process has seen: a restarted operator waits once more. Contains
 * only objects of environments whose route has just changed.
 */
final class Settling {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Duration delay;
    private final Map<String, Map<String, Instant>> since = new ConcurrentHashMap<>();

    /** @param delay how long the ingress controller needs to load a change */
    Settling(Duration delay) {
        this.delay = delay;
    }

    /** Those of an environment's objects to which nothing refers that have settled by now. */
    Set<String> settled(String environment, Set<String> unnamed, Instant now) {
        return observe(environment, unnamed, now).entrySet().stream()
                .filter(object -> !object.getValue().plus(delay).isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * When to look again: when the next of them settles.
     *
     * @param settled those that were known to have settled
     */
    Optional<Duration> next(String environment, Set<String> unnamed, Set<String> settled, Instant now) {
        return observe(environment, unnamed, now).entrySet().stream()
                .filter(object -> !settled.contains(object.getKey()))
                .map(object -> Duration.between(now, object.getValue().plus(delay)))
                .map(left -> left.isPositive() ? left : AT_ONCE)
                .min(Duration::compareTo);
    }

    private Map<String, Instant> observe(String environment, Set<String> unnamed, Instant now) {
        if (unnamed.isEmpty()) {
            since.remove(environment);
            return Map.of();
        }
        return since.compute(environment, (_, before) -> {
            var seen = new HashMap<String, Instant>();
            unnamed.forEach(object -> seen.put(object, before == null ? now : before.getOrDefault(object, now)));
            return Map.copyOf(seen);
        });
    }
}
