package com.recordsponge.operator.plan;

import java.util.Optional;

/**
 * A version of a referenced Secret or ConfigMap, without its data.
 *
 * @param digest of its data: equal for equal data
 * @param certificate name of the Certificate for which cert-manager wrote a Secret; empty if somebody else wrote it
 */
public record ReferencedVersion(String digest, Optional<String> certificate) {

    public static ReferencedVersion of(ReferencedData content) {
        return new ReferencedVersion(Digest.ofData(content.data()), content.certificate());
    }
}
