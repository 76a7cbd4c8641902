package com.recordsponge.operator.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * The namespaces whose environments the operator manages, and which of them it serves. Reports a namespace that it cannot
 * serve in its log, in an Event of its pod, and as {@code recordsponge_namespace_served}.
 */
@Singleton
public class WatchedNamespaces {

    private static final Logger LOG = Logger.getLogger(WatchedNamespaces.class);

    private final MeterRegistry registry;
    private final OperatorEvents events;
    private final Map<String, String> refused = new TreeMap<>();
    private Set<String> configured = Set.of();
    private Set<String> withInformers = Set.of();
    private Optional<String> waiting = Optional.of("The operator has not asked the API server yet.");

    WatchedNamespaces(MeterRegistry registry, OperatorEvents events) {
        this.registry = registry;
        this.events = events;
    }

    synchronized void configure(Set<String> namespaces) {
        configured = Set.copyOf(namespaces);
        configured.forEach(namespace -> registry.gauge(
                "recordsponge.namespace.served",
                Tags.of("namespace", namespace),
                this,
                watched -> watched.serves(namespace) ? 1 : 0));
    }

    synchronized Set<String> configured() {
        return configured;
    }

    /** Those that the operator may list. If there are none, all: the SDK does not accept an empty set. */
    synchronized Set<String> served() {
        var served = new TreeSet<>(configured);
        served.removeAll(refused.keySet());
        return served.isEmpty() ? configured : Collections.unmodifiableSet(served);
    }

    /** Those of which the operator has all its informers, whether or not these have listed what exists. */
    synchronized Set<String> withInformers() {
        return withInformers;
    }

    synchronized void setInformers(Set<String> namespaces) {
        withInformers = Set.copyOf(namespaces);
    }

    /** Those that the operator may not list, each with the API server's message. */
    synchronized Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    /** Why the operator has not started; empty if it has. */
    synchronized Optional<String> waiting() {
        return waiting;
    }

    private synchronized boolean serves(String namespace) {
        return waiting.isEmpty() && !refused.containsKey(namespace);
    }

    /** Records what the API server answered. */
    synchronized void record(String namespace, NamespaceAccess access) {
        switch (access.state()) {
            case GRANTED -> {
                if (refused.remove(namespace) != null) {
                    LOG.infof("Namespace %s is accessible again.", namespace);
                }
            }
            case REFUSED -> {
                if (!access.message().equals(refused.put(namespace, access.message()))) {
                    warn("NamespaceRefused", refusal(namespace, access.message()));
                }
            }
            case NOT_READY -> {
                // A failure that ends without the user's help.
            }
        }
    }

    private static String refusal(String namespace, String message) {
        return "The operator does not serve namespace %s: %s. If the namespace was deleted, remove it from the chart's watchNamespaces, or create it and upgrade the release."
                .formatted(namespace, message);
    }

    /** Records why the operator cannot start yet. */
    synchronized void await(String reason) {
        if (!waiting.equals(Optional.of(reason))) {
            waiting = Optional.of(reason);
            warn("WaitingForApiServer", "The operator waits and asks again: %s".formatted(reason));
        }
    }

    synchronized void started() {
        waiting = Optional.empty();
    }

    private void warn(String reason, String message) {
        LOG.warn(message);
        events.warn(reason, message);
    }
}
