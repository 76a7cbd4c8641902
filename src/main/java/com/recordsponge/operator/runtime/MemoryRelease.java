package com.recordsponge.operator.runtime;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Returns memory to the operating system after a burst of work. The JVM's serial collector needs the least memory, but
 * lets the heap grow during work; the collectors that return memory automatically always need more of it.
 */
@Singleton
class MemoryRelease {

    /** Reconciliations that leave enough garbage for a collection. */
    static final int BURST = 50;

    private static final int QUIET_SECONDS = 5;

    private final Executor later;
    private final Runnable collect;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong collected = new AtomicLong();
    private final AtomicBoolean watching = new AtomicBoolean();

    MemoryRelease() {
        this(CompletableFuture.delayedExecutor(QUIET_SECONDS, TimeUnit.SECONDS), System::gc);
    }

    /** @param later runs a task after a delay */
    MemoryRelease(Executor later, Runnable collect) {
        this.later = later;
        this.collect = collect;
    }

    /** Counts a finished reconciliation. */
    void worked() {
        var now = done.incrementAndGet();
        if (now - collected.get() >= BURST && watching.compareAndSet(false, true)) {
            later.execute(() -> collectWhenQuiet(now));
        }
    }

    private void collectWhenQuiet(long before) {
        var now = done.get();
        if (now != before) {
            later.execute(() -> collectWhenQuiet(now));
            return;
        }
        collected.set(now);
        watching.set(false);
        collect.run();
    }
}
