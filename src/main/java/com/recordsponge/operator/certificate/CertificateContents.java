package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Digest;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the files of certificates. To match a key and to verify a chain takes milliseconds of CPU time, so this remembers
 * what files say by their digest.
 */
final class CertificateContents {

    /** Of some hundred bytes each; the oldest are forgotten. */
    private static final int MOST = 10_000;

    private static final Map<String, CertificateContent> READ =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, CertificateContent> eldest) {
                    return size() > MOST;
                }
            });

    private CertificateContents() {}

    /** What the files of a Secret say. */
    static CertificateContent of(Secret secret) {
        return of(SecretData.decoded(secret));
    }

    /**
     * What files say.
     *
     * @param data decoded
     */
    static CertificateContent of(Map<String, byte[]> data) {
        for (var file : new String[] {TlsFiles.CERTIFICATE, TlsFiles.KEY}) {
            if (!data.containsKey(file)) {
                return CertificateContent.flawed(
                        Reason.SECRET_INCOMPLETE, "Secret %%s has no key %s; add it.".formatted(file));
            }
        }
        var files = new TlsFiles(data.get(TlsFiles.CERTIFICATE), data.get(TlsFiles.KEY));
        var digest = Digest.ofBytes(Map.of(TlsFiles.CERTIFICATE, files.certificate(), TlsFiles.KEY, files.key()));
        var known = READ.get(digest);
        if (known == null) {
            known = files.content();
            READ.put(digest, known);
        }
        return known;
    }
}
