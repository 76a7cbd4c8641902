package com.recordsponge.operator.support;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests a site at a constant rate until closed, whether or not earlier requests were answered; records what failed. */
public final class Visitors implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Visit visit;

    /** One request. */
    @FunctionalInterface
    public interface Visit {

        /** What is wrong with the answer; empty if nothing is. */
        Optional<String> flaw() throws IOException;
    }

    public Visitors(int perSecond, Visit visit) {
        this(Duration.ofSeconds(1).dividedBy(perSecond), visit);
    }

    /** @param interval between the beginnings of two requests */
    public Visitors(Duration interval, Visit visit) {
        this.visit = visit;
        clock.scheduleAtFixedRate(() -> requests.submit(this::visit), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void visit() {
        var started = Instant.now();
        try {
            visit.flaw().ifPresent(flaw -> failures.add(started + " " + flaw));
        } catch (IOException | RuntimeException e) {
            failures.add(started + " " + e);
        }
        answered.incrementAndGet();
    }

    /** How many requests have been answered or failed. */
    public int count() {
        return answered.get();
    }

    /** What failed, each with the time at which its request began. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Waits until requests that began after this call have been answered. */
    public void awaitMore(int number) {
        var before = count();
        await().until(() -> count() >= before + number);
    }

    /** Fails if any request did. */
    public void assertServed() {
        assertThat(failures()).as("failures of %s requests", count()).isEmpty();
    }

    /** Ends when the last request has. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requests.close();
    }
}
