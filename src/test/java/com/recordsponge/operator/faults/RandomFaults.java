package com.recordsponge.operator.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Disturbs a part of all requests, of every kind in every way that makes sense for it, and no watch lasts long. */
final class RandomFaults implements FaultProxy.Policy {

    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();
    private boolean disturbing;
    private int requests;

    RandomFaults(long seed) {
        random = new Random(seed);
    }

    synchronized void begin() {
        disturbing = true;
    }

    synchronized void end() {
        disturbing = false;
    }

    @Override
    public synchronized FaultAction fate(ApiRequest request) {
        if (!disturbing) {
            return new FaultAction.Pass();
        }
        requests++;
        var fate = choose(request);
        if (!(fate instanceof FaultAction.Pass)) {
            counts.merge(name(fate), 1, Integer::sum);
        }
        return fate;
    }

    private FaultAction choose(ApiRequest request) {
        return switch (random.nextInt(request.watches() ? 8 : 24)) {
            case 0 -> new FaultAction.Refuse(429, "TooManyRequests", false);
            case 1 -> new FaultAction.Refuse(500, "InternalError", request.writes() && random.nextBoolean());
            case 2 -> new FaultAction.Close(false);
            case 3 -> new FaultAction.Delay(Duration.ofMillis(1 + random.nextInt(2000)));
            case 4 -> request.watches() ? drop() : new FaultAction.Close(true);
            case 5 -> request.writes() ? new FaultAction.Refuse(409, "Conflict", false) : new FaultAction.Pass();
            default -> request.watches() ? drop() : new FaultAction.Pass();
        };
    }

    private FaultAction drop() {
        return new FaultAction.Drop(Duration.ofMillis(1 + random.nextInt(3000)));
    }

    private static String name(FaultAction fate) {
        return switch (fate) {
            case FaultAction.Refuse refused -> Integer.toString(refused.code());
            case FaultAction.Close closed -> closed.done() ? "closed after" : "closed before";
            case FaultAction.Delay _ -> "delayed";
            case FaultAction.Drop _ -> "watch dropped";
            case FaultAction.Hold _, FaultAction.Pass _ -> "undisturbed";
        };
    }

    @Override
    public synchronized String toString() {
        return "%d requests, of them disturbed %s".formatted(requests, counts);
    }
}
