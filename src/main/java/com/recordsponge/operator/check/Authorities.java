package com.recordsponge.operator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities by whose certificates a check knows a server. */
public final class Authorities {

    private Authorities() {}

    /**
     * The certificates in PEM, and no others.
     *
     * @throws GeneralSecurityException if the text has one that cannot be read
     */
    public static KeyStore of(String pem) throws GeneralSecurityException {
        var store = empty();
        add(store, pem);
        return store;
    }

    /** The same, beside the Java runtime's authorities. */
    public static KeyStore besideTheSystems(String pem) throws GeneralSecurityException {
        var store = empty();
        for (var certificate : trustManager(null).getAcceptedIssuers()) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        add(store, pem);
        return store;
    }

    /** @param authorities null for the Java runtime's */
    public static X509TrustManager trustManager(KeyStore authorities) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map((TrustManager manager) -> (X509TrustManager) manager)
                .findFirst()
                .orElseThrow();
    }

    private static KeyStore empty() throws GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null);
        } catch (IOException e) {
            throw new IllegalStateException("an empty store is not read", e);
        }
        return store;
    }

    private static void add(KeyStore store, String pem) throws GeneralSecurityException {
        var bundle = new ByteArrayInputStream(pem.getBytes(UTF_8));
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bundle)) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
    }
}
