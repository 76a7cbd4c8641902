package com.recordsponge.operator.registry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which of several credentials a registry accepted. It is shown first from then on: a wrong one fails once, and not with each
 * question, for which a registry could lock the account.
 */
final class AcceptedCredentials {

    private final Map<Key, Credential> accepted = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Credential> eldest) {
            return size() > RegistryAuthorizations.MOST;
        }
    };

    /** @param candidates at least one */
    record Key(URI registry, String repository, List<Credential> candidates) {}

    /** The candidates, in the order in which to show them. */
    synchronized List<Credential> inOrder(Key key) {
        return Stream.concat(Stream.ofNullable(accepted.get(key)), key.candidates().stream())
                .distinct()
                .toList();
    }

    synchronized void accept(Key key, Credential credential) {
        if (key.candidates().size() > 1) {
            accepted.put(key, credential);
        }
    }
}
