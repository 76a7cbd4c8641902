package com.recordsponge.operator.certificate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    static Optional<StoredCertificate> of(Secret secret) {
        return of(SecretData.decoded(secret));
    }

    /** @param files decoded */
    static Optional<StoredCertificate> of(Map<String, byte[]> files) {
        return Optional.of(PemBlock.all(file(files, TlsFiles.CERTIFICATE)).stream()
                        .filter(PemBlock::isCertificate)
                        .toList())
                .filter(blocks -> !blocks.isEmpty())
                .map(blocks -> new StoredCertificate(blocks, new String(file(files, "ca.crt"), ISO_8859_1)));
    }

    private static byte[] file(Map<String, byte[]> files, String name) {
        return files.getOrDefault(name, new byte[0]);
    }

    /** Whether the site's certificate is the given one, in DER. */
    boolean is(byte[] certificate) {
        return Arrays.equals(der(), certificate);
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
