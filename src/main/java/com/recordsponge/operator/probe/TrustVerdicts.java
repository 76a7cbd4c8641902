package com.recordsponge.operator.probe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Remembers verdicts for an hour, as an authority can expire. */
final class TrustVerdicts {

    private static final int MOST = 4096;
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final Map<String, Verdict> known = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verdict> eldest) {
            return size() > MOST;
        }
    };

    private record Verdict(boolean accepted, long until) {}

    /** Computes a verdict unless it is known. One at a time, so that authorities are in memory once. */
    synchronized boolean get(String key, BooleanSupplier compute) {
        var now = System.nanoTime();
        var verdict = known.get(key);
        if (verdict == null || verdict.until() - now < 0) {
            verdict = new Verdict(compute.getAsBoolean(), now + HOUR);
            known.put(key, verdict);
        }
        return verdict.accepted();
    }
}
