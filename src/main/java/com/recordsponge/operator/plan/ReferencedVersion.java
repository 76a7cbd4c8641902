package com.recordsponge.operator.plan;

/**
 * A version of a referenced Secret or ConfigMap, without its data.
 *
 * @param digest of its data: equal for equal data
 */
public record ReferencedVersion(String digest) {

    public static ReferencedVersion of(ReferencedData content) {
        return new ReferencedVersion(Digest.ofBytes(content.data()));
    }
}
