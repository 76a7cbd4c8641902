package com.recordsponge.operator.certificate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.recordsponge.operator.plan.OwnedObjects;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The certificate in a Secret, as far as other packages look at it.
 *
 * @param der the site's certificate, in DER
 * @param authorities {@code ca.crt} of the Secret, in PEM; empty if it has none
 */
public record StoredCertificate(byte[] der, String authorities) {

    /** The one in a Secret of the environment; empty if there is none that can be read. */
    public static Optional<StoredCertificate> of(String secret, OwnedObjects owned) {
        return owned.named(Secret.class, secret).flatMap(StoredCertificate::of);
    }

    private static Optional<StoredCertificate> of(Secret secret) {
        var data = Objects.requireNonNullElse(secret.getData(), Map.<String, String>of());
        return PemBlock.all(decode(data, "tls.crt")).stream()
                .filter(PemBlock::isCertificate)
                .findFirst()
                .map(leaf -> new StoredCertificate(leaf.content(), new String(decode(data, "ca.crt"), ISO_8859_1)));
    }

    private static byte[] decode(Map<String, String> data, String file) {
        return Base64.getDecoder().decode(data.getOrDefault(file, ""));
    }
}
