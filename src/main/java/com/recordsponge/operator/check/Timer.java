package com.recordsponge.operator.check;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs something later. */
@FunctionalInterface
public interface Timer {

    void after(Duration delay, Runnable action);

    /** Runs each action in a virtual thread of its own. */
    static void inVirtualThread(Duration delay, Runnable action) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, ready -> Thread.ofVirtual()
                        .start(ready))
                .execute(action);
    }
}
