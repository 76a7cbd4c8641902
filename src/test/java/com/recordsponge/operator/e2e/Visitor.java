package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.e2e.ClusterTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a site ten times a second until it is closed, and remembers everything that was not answered with 200. */
final class Visitor implements AutoCloseable {

    /** So few prove nothing. */
    private static final int TOO_FEW = 10;

    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final AtomicInteger visits = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    Visitor(Site site, String path) {
        clock.scheduleAtFixedRate(() -> visit(site, path), 0, 100, TimeUnit.MILLISECONDS);
    }

    private void visit(Site site, String path) {
        try {
            var answer = site.get(path);
            if (answer.status() != 200) {
                failures.add(Instant.now() + " " + answer);
            }
        } catch (RuntimeException e) {
            failures.add(Instant.now() + " " + e);
        }
        visits.incrementAndGet();
    }

    /** Goes on asking until there are answers enough to judge by, however fast what was watched came about. */
    void assertAlwaysServed() {
        eventually(() -> assertThat(visits).hasValueGreaterThan(TOO_FEW));
        assertThat(failures).as("of %s visits", visits).isEmpty();
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
