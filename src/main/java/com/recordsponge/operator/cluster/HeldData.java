package com.recordsponge.operator.cluster;

import com.recordsponge.operator.plan.Reference;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the data of referenced objects in memory, up to a number of bytes in all: the data that was used last. It is kept
 * once, however many environments reference the object.
 */
final class HeldData {

    private final long limit;
    private final Map<Reference, Map<String, byte[]>> data = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    HeldData(long limit) {
        this.limit = limit;
    }

    /** The data of an object; null if it is not held. */
    synchronized Map<String, byte[]> get(Reference reference) {
        return data.get(reference);
    }

    /** Holds the newest data of an object. */
    synchronized void put(Reference reference, Map<String, byte[]> newest) {
        remove(reference);
        data.put(reference, newest);
        size += size(newest);
        var oldest = data.entrySet().iterator();
        while (size > limit) {
            size -= size(oldest.next().getValue());
            oldest.remove();
        }
    }

    synchronized void remove(Reference reference) {
        var before = data.remove(reference);
        if (before != null) {
            size -= size(before);
        }
    }

    synchronized long size() {
        return size;
    }

    static long size(Map<String, byte[]> data) {
        return data.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + entry.getValue().length)
                .sum();
    }
}
