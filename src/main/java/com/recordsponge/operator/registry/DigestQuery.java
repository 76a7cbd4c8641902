package com.recordsponge.operator.registry;

import java.util.List;

/**
 * An image, and what its registry is to be shown: whoever asks the same can share the answer.
 *
 * @param credentials tried in this order; empty for none
 */
public record DigestQuery(ImageReference image, List<Credential> credentials) {

    /** With one credential, or none. */
    public DigestQuery(ImageReference image, Credential credential) {
        this(image, credential.isNone() ? List.of() : List.of(credential));
    }
}
