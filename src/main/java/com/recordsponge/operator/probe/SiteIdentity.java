package com.recordsponge.operator.probe;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Digest;
import java.util.Map;

/** Tells whose answer a response is: a header that a Middleware sets on every response of an environment's site. */
public final class SiteIdentity {

    public static final String HEADER = "X-RecordSponge-Environment";

    private static final int LENGTH = 16;

    private SiteIdentity() {}

    /** An opaque value: names of namespaces and environments are nobody's business, and a uid is never used again. */
    public static String of(RecordSpongeEnvironment environment) {
        return Digest.of(Map.of("uid", environment.getMetadata().getUid())).substring(0, LENGTH);
    }
}
