package com.recordsponge.operator.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Injects random faults of every kind into a part of all requests, and cuts every watch after a short time. */
final class RandomFaults implements FaultProxy.Policy {

    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();
    private boolean active;
    private int requests;

    RandomFaults(long seed) {
        random = new Random(seed);
    }

    synchronized void begin() {
        active = true;
    }

    synchronized void end() {
        active = false;
    }

    @Override
    public synchronized FaultAction actionFor(ApiRequest request) {
        if (!active) {
            return new FaultAction.Pass();
        }
        requests++;
        var action = choose(request);
        if (!(action instanceof FaultAction.Pass)) {
            counts.merge(name(action), 1, Integer::sum);
        }
        return action;
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

    private static String name(FaultAction action) {
        return switch (action) {
            case FaultAction.Refuse refused -> Integer.toString(refused.code());
            case FaultAction.Close closed -> closed.applied() ? "closed after" : "closed before";
            case FaultAction.Delay _ -> "delayed";
            case FaultAction.Drop _ -> "watch dropped";
            case FaultAction.Hold _, FaultAction.Pass _ -> "none";
        };
    }

    @Override
    public synchronized String toString() {
        return "%d requests, faults %s".formatted(requests, counts);
    }
}
