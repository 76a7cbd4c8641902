package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryReleaseTest {

    private final Queue<Runnable> later = new ArrayDeque<>();
    private final AtomicInteger collections = new AtomicInteger();
    private final MemoryRelease release = new MemoryRelease(later::add, collections::incrementAndGet);

    private void work(int reconciliations) {
        IntStream.range(0, reconciliations).forEach(_ -> release.worked());
    }

    private void timePasses() {
        if (!later.isEmpty()) {
            later.remove().run();
        }
    }

    @Test
    void memoryIsGivenBackOnceABurstIsOver() {
        work(2 * MemoryRelease.BURST);
        timePasses();
        assertThat(collections).as("while it may still go on").hasValue(0);

        timePasses();
        assertThat(collections).hasValue(1);
        assertThat(later).isEmpty();
    }

    @Test
    void whoIsStillAtWorkIsNotInterrupted() {
        work(MemoryRelease.BURST);
        for (var moment = 0; moment < 5; moment++) {
            work(1);
            timePasses();
        }
        assertThat(collections).hasValue(0);
    }

    @Test
    void aFewChecksNowAndThenAreNotWorthIt() {
        work(MemoryRelease.BURST);
        timePasses();
        work(MemoryRelease.BURST - 1);
        assertThat(later).isEmpty();

        work(1);
        timePasses();
        assertThat(collections).hasValue(2);
    }
}
