package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryReleaseTest {

    private final Queue<Runnable> scheduled = new ArrayDeque<>();
    private final AtomicInteger collections = new AtomicInteger();
    private final MemoryRelease release = new MemoryRelease(scheduled::add, collections::incrementAndGet);

    private void reconcile(int reconciliations) {
        IntStream.range(0, reconciliations).forEach(_ -> release.worked());
    }

    private void runScheduled() {
        if (!scheduled.isEmpty()) {
            scheduled.remove().run();
        }
    }

    @Test
    void theOperatorReleasesMemoryAfterABurst() {
        reconcile(2 * MemoryRelease.BURST);
        runScheduled();
        assertThat(collections).as("the burst may continue").hasValue(0);

        runScheduled();
        assertThat(collections).hasValue(1);
        assertThat(scheduled).isEmpty();
    }

    @Test
    void theOperatorReleasesNoMemoryDuringABurst() {
        reconcile(MemoryRelease.BURST);
        for (var moment = 0; moment < 5; moment++) {
            reconcile(1);
            runScheduled();
        }
        assertThat(collections).hasValue(0);
    }

    @Test
    void fewReconciliationsReleaseNoMemory() {
        reconcile(MemoryRelease.BURST);
        runScheduled();
        reconcile(MemoryRelease.BURST - 1);
        assertThat(scheduled).isEmpty();

        reconcile(1);
        runScheduled();
        assertThat(collections).hasValue(2);
    }
}
