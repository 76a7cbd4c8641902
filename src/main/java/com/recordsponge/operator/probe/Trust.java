package com.recordsponge.operator.probe;

import com.recordsponge.operator.certificate.StoredCertificate;
import com.recordsponge.operator.check.Authorities;
import com.recordsponge.operator.runtime.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Whether clients accept a chain of certificates: by the authorities of its Secret, by those of the operator's file, or by
 * the system's. Remembers the verdicts: to read the system's authorities takes far longer than a request.
 */
@Singleton
public final class Trust {

    private final Optional<Path> file;
    private final TrustVerdicts verdicts = new TrustVerdicts();

    @Inject
    public Trust(Settings settings) {
        this(settings.ingressController().caFile());
    }

    /** @param file in PEM */
    Trust(Optional<Path> file) {
        this.file = file;
    }

    /** Whether clients accept the certificate in a Secret. */
    public boolean accepts(StoredCertificate stored) {
        var chain = stored.chain();
        return !chain.isEmpty() && accepts(chain, stored.authorities());
    }

    /** @param authorities in PEM; can be empty */
    boolean accepts(List<X509Certificate> chain, String authorities) {
        var bundle = file.map(Trust::read).orElse("");
        return verdicts.get(
                Fingerprint.of(chain) + " " + authorities.hashCode() + " " + bundle.hashCode(),
                () -> trusts(chain, authorities) || trusts(chain, bundle) || systemTrusts(chain));
    }

    private static String read(Path file) {
        try {
            return Authorities.read(file);
        } catch (IOException _) {
            return "";
        }
    }

    private static boolean trusts(List<X509Certificate> chain, String authorities) {
        if (authorities.isBlank()) {
            return false;
        }
        try {
            return accepts(Authorities.of(authorities), chain);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static boolean systemTrusts(List<X509Certificate> chain) {
        try {
            return accepts(null, chain);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /** @param store null for the system's */
    private static boolean accepts(KeyStore store, List<X509Certificate> chain) throws GeneralSecurityException {
        var manager = Authorities.trustManager(store);
        try {
            manager.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }
}
