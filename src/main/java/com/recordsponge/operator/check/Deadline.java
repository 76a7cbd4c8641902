package com.recordsponge.operator.check;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The end of a check, however slowly the server answers: time-outs of single reads never pass if a byte arrives now and then.
 * Closes the check's sockets.
 */
public final class Deadline implements AutoCloseable {

    private final long end;
    private final CompletableFuture<Void> timer = new CompletableFuture<>();

    public Deadline(Duration timeout) {
        end = System.nanoTime() + timeout.toNanos();
        timer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** At least a millisecond: zero would mean no time-out. */
    public Duration left() {
        return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), end - System.nanoTime()));
    }

    public boolean passed() {
        return timer.isCompletedExceptionally();
    }

    /** Closes a socket at the deadline, or when the check ends before. */
    public void close(Closeable socket) {
        timer.whenComplete((_, _) -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        timer.complete(null);
    }
}
