package com.recordsponge.operator.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities by whose certificates a check knows a server. */
public final class Authorities {

    private static final Pattern CERTIFICATE =
            Pattern.compile("^-----BEGIN CERTIFICATE-----.*?^-----END CERTIFICATE-----", MULTILINE | DOTALL);

    private Authorities() {}

    /** A file of certificates in PEM, whose comments can be in any encoding. */
    public static String read(Path file) throws IOException {
        return Files.readString(file, ISO_8859_1);
    }

    /**
     * The certificates in PEM, and no others. Skips comments and other blocks, as OpenSSL and Go do.
     *
     * @throws GeneralSecurityException if the text has no certificate, or one that cannot be read
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
        var blocks = CERTIFICATE.matcher(pem).results().toList();
        if (blocks.isEmpty()) {
            throw new CertificateException("there is no certificate in PEM");
        }
        var factory = CertificateFactory.getInstance("X.509");
        for (var block : blocks) {
            var certificate = new ByteArrayInputStream(block.group().getBytes(US_ASCII));
            store.setCertificateEntry("authority-" + store.size(), factory.generateCertificate(certificate));
        }
    }
}
