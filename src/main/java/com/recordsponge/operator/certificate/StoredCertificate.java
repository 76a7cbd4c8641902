package com.recordsponge.operator.certificate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.recordsponge.operator.plan.OwnedObjects;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The certificate in a Secret, as far as other packages look at it. */
public final class StoredCertificate {

    private final List<PemBlock> blocks;
    private final String authorities;

    private StoredCertificate(List<PemBlock> blocks, String authorities) {
        this.blocks = blocks;
        this.authorities = authorities;
    }

    /** The one in a Secret of the environment; empty if there is none. */
    public static Optional<StoredCertificate> of(String secret, OwnedObjects owned) {
        return owned.named(Secret.class, secret).flatMap(StoredCertificate::of);
    }

    private static Optional<StoredCertificate> of(Secret secret) {
        var data = Objects.requireNonNullElse(secret.getData(), Map.<String, String>of());
        return Optional.of(PemBlock.all(decode(data, TlsFiles.CERTIFICATE)).stream()
                        .filter(PemBlock::isCertificate)
                        .toList())
                .filter(blocks -> !blocks.isEmpty())
                .map(blocks -> new StoredCertificate(blocks, new String(decode(data, "ca.crt"), ISO_8859_1)));
    }

    private static byte[] decode(Map<String, String> data, String file) {
        return Base64.getDecoder().decode(data.getOrDefault(file, ""));
    }

    /** The site's certificate, in DER. */
    public byte[] der() {
        return blocks.getFirst().content();
    }

    /** The site's certificate and those of its issuers, as the ingress controller sends them; none if one cannot be read. */
    public List<X509Certificate> chain() {
        return CertificateChain.of(blocks).map(CertificateChain::all).orElse(List.of());
    }

    /** {@code ca.crt} of the Secret, in PEM; empty if it has none. */
    public String authorities() {
        return authorities;
    }
}
