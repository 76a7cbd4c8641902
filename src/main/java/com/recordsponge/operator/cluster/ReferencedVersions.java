package com.recordsponge.operator.cluster;

import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.ReferencedData;
import com.recordsponge.operator.plan.ReferencedVersion;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The newest version of each referenced object, shared by all environments that reference it. Of its data, only a digest
 * is kept; small data, and data that a plan has asked for, is held as long as there is room.
 */
final class ReferencedVersions {

    /** Data up to this size is held before a plan asks for it: credentials, users, certificates. */
    private static final int SMALL = 32 * 1024;

    private static final long LEAST_HELD = 4L * 1024 * 1024;
    private static final int SHARE_OF_HEAP = 16;

    /** Responses can be large: the API server accepts objects of 1.5 MB, which need a multiple of it while they are read. */
    private static final int CONCURRENT_READS = 2;

    private final Map<Reference, Known> known = new ConcurrentHashMap<>();
    private final Semaphore reads = new Semaphore(CONCURRENT_READS);
    private final HeldData held;
    private final Function<Reference, Optional<Read>> api;

    /** An object as the API server returned it. */
    record Read(String resourceVersion, ReferencedData content) {}

    private record Known(String resourceVersion, ReferencedVersion version) {}

    /** @param api reads an object; empty if it does not exist */
    ReferencedVersions(Function<Reference, Optional<Read>> api) {
        this(api, Math.max(LEAST_HELD, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    ReferencedVersions(Function<Reference, Optional<Read>> api, long limit) {
        this.api = api;
        this.held = new HeldData(limit);
    }

    /** The version of an object whose resource version an informer reported. Environments share a request. */
    Optional<ReferencedVersion> current(Reference reference, String resourceVersion) {
        return Optional.ofNullable(known.compute(
                        reference,
                        (_, before) ->
                                before != null && before.resourceVersion().equals(resourceVersion)
                                        ? before
                                        : read(reference, SMALL)
                                                .map(ReferencedVersions::known)
                                                .orElse(null)))
                .map(Known::version);
    }

    /** The data of an object. */
    Optional<Map<String, byte[]>> data(Reference reference) {
        return Optional.ofNullable(held.get(reference)).or(() -> read(reference, Integer.MAX_VALUE)
                .map(read -> read.content().data()));
    }

    /** Forgets an object that does not exist, or that nobody references. */
    void forget(Reference reference) {
        known.remove(reference);
        held.remove(reference);
    }

    /** The number of bytes that are held. */
    long held() {
        return held.size();
    }

    private Optional<Read> read(Reference reference, int hold) {
        reads.acquireUninterruptibly();
        try {
            var read = api.apply(reference);
            held.remove(reference);
            read.map(found -> found.content().data())
                    .filter(data -> HeldData.size(data) <= hold)
                    .ifPresent(data -> held.put(reference, data));
            return read;
        } finally {
            reads.release();
        }
    }

    private static Known known(Read read) {
        return new Known(read.resourceVersion(), ReferencedVersion.of(read.content()));
    }
}
