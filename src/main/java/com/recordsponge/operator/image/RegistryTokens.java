package com.recordsponge.operator.image;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens of registries while they are valid, for exactly the credential that they were issued for. */
final class RegistryTokens {

    static final int MOST = 256;

    /** A token that is about to expire could do so on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Key, Token> tokens = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Token> eldest) {
            return size() > MOST;
        }
    };

    RegistryTokens(Clock clock) {
        this.clock = clock;
    }

    /** What a token is valid for. */
    record Key(URI registry, String repository, Credential credential) {}

    private record Token(String value, Instant until) {}

    synchronized Optional<String> find(Key key) {
        return Optional.ofNullable(tokens.get(key))
                .filter(token -> clock.instant().isBefore(token.until()))
                .map(Token::value);
    }

    synchronized void put(Key key, String token, Duration validity) {
        var bounded = validity.compareTo(LONGEST) > 0 ? LONGEST : validity;
        tokens.put(key, new Token(token, clock.instant().plus(bounded).minus(MARGIN)));
    }

    synchronized void remove(Key key) {
        tokens.remove(key);
    }
}
