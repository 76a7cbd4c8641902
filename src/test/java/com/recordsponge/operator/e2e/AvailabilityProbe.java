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

/** Requests a path of a site ten times a second until closed, and records every failure and status other than 200. */
final class AvailabilityProbe implements AutoCloseable {

    /** Fewer requests prove nothing. */
    private static final int MIN_REQUESTS = 10;

    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    AvailabilityProbe(SiteClient site, String path) {
        scheduler.scheduleAtFixedRate(() -> request(site, path), 0, 100, TimeUnit.MILLISECONDS);
    }

    private void request(SiteClient site, String path) {
        try {
            var response = site.get(path);
            if (response.status() != 200) {
                failures.add(Instant.now() + " " + response);
            }
        } catch (RuntimeException e) {
            failures.add(Instant.now() + " " + e);
        }
        requests.incrementAndGet();
    }

    /** Waits until there were enough requests, and fails if the site did not serve one of them. */
    void assertAlwaysAvailable() {
        eventually(() -> assertThat(requests).hasValueGreaterThan(MIN_REQUESTS));
        assertThat(failures).as("failures of %s requests", requests).isEmpty();
    }

    @Override
    public void close() {
        scheduler.shutdown();
        try {
            scheduler.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
