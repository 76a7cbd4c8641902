package com.recordsponge.operator.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs checks in virtual threads, a bounded number at a time, so that the environments of a restarted operator take neither
 * the connections that a server has for others nor the operator's memory.
 */
public final class CheckQueue {

    private final Limits limits;
    private final Deque<Waiting> urgent = new ArrayDeque<>();
    private final Deque<Waiting> repeated = new ArrayDeque<>();
    private final Map<String, Integer> running = new HashMap<>();
    private int total;

    /**
     * How many checks run at a time.
     *
     * @param perServer at one server
     * @param repeated at all servers together, for checks that repeat earlier ones
     * @param atOnce in all; more than {@code repeated}, so that servers that hang never take the last ones from a change
     */
    public record Limits(int perServer, int repeated, int atOnce) {}

    private record Waiting(String server, Runnable check) {}

    public CheckQueue(Limits limits) {
        this.limits = limits;
    }

    /**
     * Runs a check as soon as the limits permit.
     *
     * @param server host:port
     * @param waitedFor whether a change of an environment waits for it; it goes before those that repeat earlier ones
     */
    public synchronized void submit(String server, boolean waitedFor, Runnable check) {
        (waitedFor ? urgent : repeated).addLast(new Waiting(server, check));
        startNext();
    }

    private void startNext() {
        startFrom(urgent, limits.atOnce());
        startFrom(repeated, limits.repeated());
    }

    private void startFrom(Deque<Waiting> waiting, int limit) {
        for (var entries = waiting.iterator(); total < limit && entries.hasNext(); ) {
            var entry = entries.next();
            if (running.getOrDefault(entry.server(), 0) < limits.perServer()) {
                entries.remove();
                start(entry);
            }
        }
    }

    private void start(Waiting entry) {
        total++;
        running.merge(entry.server(), 1, Integer::sum);
        Thread.ofVirtual().name("check of " + entry.server()).start(() -> {
            try {
                entry.check().run();
            } finally {
                end(entry.server());
            }
        });
    }

    private synchronized void end(String server) {
        total--;
        running.merge(server, -1, (count, change) -> count + change == 0 ? null : count + change);
        startNext();
    }
}
