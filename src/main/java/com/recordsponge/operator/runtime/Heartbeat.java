package com.recordsponge.operator.runtime;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which reconciliations are under way: one that never ends means a process that should be restarted. */
@Singleton
public class Heartbeat {

    private final Clock clock;
    private final Duration stuckAfter;
    private final Set<Beat> working = ConcurrentHashMap.newKeySet();

    Heartbeat(Clock clock, Settings settings) {
        this.clock = clock;
        this.stuckAfter = settings.stuckAfter();
    }

    /** Marks a reconciliation as under way until it is closed. */
    public Beat working() {
        var beat = new Beat(clock.instant());
        working.add(beat);
        return beat;
    }

    /** One reconciliation. */
    public final class Beat implements AutoCloseable {

        private final Instant since;

        private Beat(Instant since) {
            this.since = since;
        }

        @Override
        public void close() {
            working.remove(this);
        }
    }

    /** How many reconciliations are under way for too long. */
    long stuck() {
        var limit = clock.instant().minus(stuckAfter);
        return working.stream().filter(beat -> beat.since.isBefore(limit)).count();
    }
}
