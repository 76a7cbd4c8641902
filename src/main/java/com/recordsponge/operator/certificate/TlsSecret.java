package com.recordsponge.operator.certificate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The content of a Secret with a certificate and its key.
 *
 * @param data decoded; can lack a file
 */
record TlsSecret(Map<String, byte[]> data) {

    /** Whether the ingress controller can load it, and serve it for all names at that time. */
    boolean isUsable(List<String> names, Instant now) {
        return ProvidedFiles.chain(data)
                .filter(chain -> names.stream().allMatch(chain::covers))
                .filter(chain -> chain.isValid(now))
                .filter(chain -> ProvidedFiles.hasKeyOf(chain, data))
                .isPresent();
    }
}
