package com.recordsponge.operator.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trusts the Java runtime's authorities and more, as containerd does with a {@code ca_file}. */
final class TrustedAuthorities {

    private TrustedAuthorities() {}

    /** @param pem certificates of the additional authorities */
    static TrustOptions with(String pem) {
        try {
            var all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null);
            for (var certificate : trustManager(null).getAcceptedIssuers()) {
                all.setCertificateEntry("authority-" + all.size(), certificate);
            }
            var more = new ByteArrayInputStream(pem.getBytes(UTF_8));
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(more)) {
                all.setCertificateEntry("authority-" + all.size(), certificate);
            }
            return TrustOptions.wrap(trustManager(all));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("The ca_file of a registry has no certificates in PEM.", e);
        }
    }

    private static X509TrustManager trustManager(KeyStore authorities) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map((TrustManager manager) -> (X509TrustManager) manager)
                .findFirst()
                .orElseThrow();
    }
}
