package com.recordsponge.operator.database;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs logins in virtual threads, a bounded number at a time, so that the environments of a restarted operator take neither
 * the connections that a server has for the sites nor the operator's memory.
 */
final class LoginQueue {

    /** Logins at one server at a time. PostgreSQL has 100 connections unless its administrator set another number. */
    static final int PER_SERVER = 2;

    /** Logins at a time that repeat earlier ones, at all servers together. */
    static final int REPEATED = 12;

    /** Logins at a time in all: servers that hang never take the last ones from a new connection. */
    static final int AT_ONCE = 16;

    private final Deque<Waiting> urgent = new ArrayDeque<>();
    private final Deque<Waiting> repeated = new ArrayDeque<>();
    private final Map<String, Integer> running = new HashMap<>();
    private int total;

    private record Waiting(String server, Runnable login) {}

    /**
     * Runs a login as soon as the limits permit.
     *
     * @param server host:port
     * @param waitedFor whether a change of an environment waits for it; it goes before those that repeat earlier ones
     */
    synchronized void submit(String server, boolean waitedFor, Runnable login) {
        (waitedFor ? urgent : repeated).addLast(new Waiting(server, login));
        startNext();
    }

    private void startNext() {
        startFrom(urgent, AT_ONCE);
        startFrom(repeated, REPEATED);
    }

    private void startFrom(Deque<Waiting> waiting, int limit) {
        for (var entries = waiting.iterator(); total < limit && entries.hasNext(); ) {
            var entry = entries.next();
            if (running.getOrDefault(entry.server(), 0) < PER_SERVER) {
                entries.remove();
                start(entry);
            }
        }
    }

    private void start(Waiting entry) {
        total++;
        running.merge(entry.server(), 1, Integer::sum);
        Thread.ofVirtual().name("login at " + entry.server()).start(() -> {
            try {
                entry.login().run();
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
