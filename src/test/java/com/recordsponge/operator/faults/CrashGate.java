package com.recordsponge.operator.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds an environment's writes from its crash point on, as if the operator had crashed there. One kill of the operator
 * is then a crash for many environments, each at its own point.
 */
final class CrashGate implements FaultProxy.Policy {

    private static final String NUMBER = " #";

    /** By namespace. */
    private final Map<String, Progress> progress = new HashMap<>();

    private Instant lastWrite = Instant.now();

    /** What the gate saw of one environment since a phase began. */
    private static final class Progress {
        private final Optional<CrashPoint> point;
        private final List<String> writes = new ArrayList<>();
        private ApiRequest held;
        private boolean reached;

        private Progress(Optional<CrashPoint> point) {
            this.point = point;
        }
    }

    /**
     * Begins a phase.
     *
     * @param point where to start to hold the writes; empty to hold none
     */
    synchronized void arm(String namespace, Optional<CrashPoint> point) {
        progress.put(namespace, new Progress(point));
    }

    /** Stops holding writes. */
    synchronized void open() {
        progress.clear();
    }

    /** Whether the operator reached the crash point. */
    synchronized boolean reached(String namespace) {
        return progress.get(namespace).reached;
    }

    /** The writes since the phase began, in order. */
    synchronized List<String> writes(String namespace) {
        return List.copyOf(progress.get(namespace).writes);
    }

    /** Whether there was no write for a given time. */
    synchronized boolean quietFor(Duration time) {
        return lastWrite.plus(time).isBefore(Instant.now());
    }

    @Override
    public synchronized FaultAction actionFor(ApiRequest request) {
        if (!request.writes() || request.namespace().isEmpty()) {
            return new FaultAction.Pass();
        }
        lastWrite = Instant.now();
        var current = progress.get(request.namespace().get());
        if (current == null) {
            return new FaultAction.Pass();
        }
        if (current.held != null) {
            return new FaultAction.Hold(false);
        }
        var write = numbered(request.summary(), current.writes);
        current.writes.add(write);
        var point = current.point.filter(chosen -> chosen.write().equals(write));
        if (point.isEmpty()) {
            return new FaultAction.Pass();
        }
        current.held = request;
        current.reached = !point.get().applied();
        return new FaultAction.Hold(point.get().applied());
    }

    /** Numbers repetitions of a write, from the second on. */
    private static String numbered(String write, List<String> before) {
        var number = 1
                + before.stream()
                        .filter(other -> unnumbered(other).equals(write))
                        .count();
        return number == 1 ? write : write + NUMBER + number;
    }

    static String unnumbered(String write) {
        return write.split(NUMBER)[0];
    }

    @Override
    public synchronized void answered(ApiRequest request) {
        progress.values().stream().filter(one -> one.held == request).forEach(one -> one.reached = true);
    }
}
