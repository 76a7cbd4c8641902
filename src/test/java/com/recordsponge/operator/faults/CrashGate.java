package com.recordsponge.operator.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds an environment's writes from a chosen one on, as if the operator had ended there. So one kill is a crash of many
 * environments, each at a point of its own.
 */
final class CrashGate implements FaultProxy.Policy {

    private static final String NUMBER = " #";

    /** By namespace. */
    private final Map<String, Life> lives = new HashMap<>();

    private Instant lastWrite = Instant.now();

    private static final class Life {
        private final Optional<CrashPoint> point;
        private final List<String> writes = new ArrayList<>();
        private ApiRequest held;
        private boolean reached;

        private Life(Optional<CrashPoint> point) {
            this.point = point;
        }
    }

    /**
     * Begins a phase.
     *
     * @param point from where on to hold the writes
     */
    synchronized void arm(String namespace, Optional<CrashPoint> point) {
        lives.put(namespace, new Life(point));
    }

    /** Holds nothing any more. */
    synchronized void open() {
        lives.clear();
    }

    synchronized boolean reached(String namespace) {
        return lives.get(namespace).reached;
    }

    /** In their order, since the phase began. */
    synchronized List<String> writes(String namespace) {
        return List.copyOf(lives.get(namespace).writes);
    }

    /** Whether nothing was written for a while. */
    synchronized boolean quietFor(Duration time) {
        return lastWrite.plus(time).isBefore(Instant.now());
    }

    @Override
    public synchronized FaultAction fate(ApiRequest request) {
        if (!request.writes() || request.namespace().isEmpty()) {
            return new FaultAction.Pass();
        }
        lastWrite = Instant.now();
        var life = lives.get(request.namespace().get());
        if (life == null) {
            return new FaultAction.Pass();
        }
        if (life.held != null) {
            return new FaultAction.Hold(false);
        }
        var write = numbered(request.summary(), life.writes);
        life.writes.add(write);
        var point = life.point.filter(chosen -> chosen.write().equals(write));
        if (point.isEmpty()) {
            return new FaultAction.Pass();
        }
        life.held = request;
        life.reached = !point.get().done();
        return new FaultAction.Hold(point.get().done());
    }

    /** The second and further of the same write have a number. */
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
        lives.values().stream().filter(life -> life.held == request).forEach(life -> life.reached = true);
    }
}
