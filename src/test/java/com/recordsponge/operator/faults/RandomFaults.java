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
    public synchronized Fate fate(ApiRequest request) {
        if (!disturbing) {
            return new Fate.Pass();
        }
        requests++;
        var fate = choose(request);
        if (!(fate instanceof Fate.Pass)) {
            counts.merge(name(fate), 1, Integer::sum);
        }
        return fate;
    }

    private Fate choose(ApiRequest request) {
        return switch (random.nextInt(request.watches() ? 8 : 24)) {
            case 0 -> new Fate.Refuse(429, "TooManyRequests", false);
            case 1 -> new Fate.Refuse(500, "InternalError", request.writes() && random.nextBoolean());
            case 2 -> new Fate.Close(false);
            case 3 -> new Fate.Delay(Duration.ofMillis(1 + random.nextInt(2000)));
            case 4 -> request.watches() ? drop() : new Fate.Close(true);
            case 5 -> request.writes() ? new Fate.Refuse(409, "Conflict", false) : new Fate.Pass();
            default -> request.watches() ? drop() : new Fate.Pass();
        };
    }

    private Fate drop() {
        return new Fate.Drop(Duration.ofMillis(1 + random.nextInt(3000)));
    }

    private static String name(Fate fate) {
        return switch (fate) {
            case Fate.Refuse refused -> Integer.toString(refused.code());
            case Fate.Close closed -> closed.done() ? "closed after" : "closed before";
            case Fate.Delay _ -> "delayed";
            case Fate.Drop _ -> "watch dropped";
            case Fate.Hold _, Fate.Pass _ -> "undisturbed";
        };
    }

    @Override
    public synchronized String toString() {
        return "%d requests, of them disturbed %s".formatted(requests, counts);
    }
}
