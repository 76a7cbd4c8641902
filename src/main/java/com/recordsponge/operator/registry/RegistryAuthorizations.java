package com.recordsponge.operator.registry;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Authorization headers that registries want, tokens while they are valid, for exactly the credential that they were issued
 * for. A registry that is asked often need not repeat its challenge.
 */
final class RegistryAuthorizations {

    static final int MOST = 256;

    /** A token that is about to expire could do so on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Key, Known> headers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > MOST;
        }
    };

    RegistryAuthorizations(Clock clock) {
        this.clock = clock;
    }

    /** What a header is valid for. */
    record Key(URI registry, String repository, Credential credential) {}

    private record Known(String header, Instant until) {}

    synchronized Optional<String> find(Key key) {
        return Optional.ofNullable(headers.get(key))
                .filter(known -> clock.instant().isBefore(known.until()))
                .map(Known::header);
    }

    synchronized void put(Key key, String header, Duration validity) {
        var bounded = validity.compareTo(LONGEST) > 0 ? LONGEST : validity;
        headers.put(key, new Known(header, clock.instant().plus(bounded).minus(MARGIN)));
    }

    synchronized void remove(Key key) {
        headers.remove(key);
    }
}
