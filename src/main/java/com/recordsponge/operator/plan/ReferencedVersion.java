package com.recordsponge.operator.plan;

import java.util.Optional;

/**
 * A version of a referenced Secret or ConfigMap, without its data.
 *
 * @param digest of its data: equal for equal data
 * @param type of a Secret; empty for a ConfigMap
 */
public record ReferencedVersion(String digest, Optional<String> type) {

    public static ReferencedVersion of(ReferencedData content) {
        return new ReferencedVersion(Digest.ofBytes(content.data()), content.type());
    }
}
