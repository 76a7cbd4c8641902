package com.recordsponge.operator.bench;

import com.recordsponge.operator.e2e.PushTimes;
import java.time.Duration;

/** Measures on the development cluster how fast the push of an image reaches its pod. */
final class PushesScenario implements Scenario {

    private static final int PUSHES = Integer.getInteger("bench.pushes", 20);

    @Override
    public void run(Results results) {
        var times = PushTimes.measure(PUSHES).stream().map(Duration::toMillis).toList();
        results.add(
                "Push of an image to the creation of its pod (p50, p95, longest of %d)".formatted(PUSHES),
                "p95 ≤ 2 s",
                "%d ms, %d ms, %d ms",
                Results.percentile(times, 0.5),
                Results.percentile(times, 0.95),
                Results.percentile(times, 1));
    }
}
