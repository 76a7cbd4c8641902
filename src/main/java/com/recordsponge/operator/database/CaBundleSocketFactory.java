package com.recordsponge.operator.database;

import com.recordsponge.operator.check.Authorities;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.postgresql.ssl.WrappedFactory;

/**
 * Trusts the authorities of one PEM bundle and no others. The driver's own factories take one certificate or a file, and
 * fabric8's CertUtils adds the JDK's authorities.
 */
final class CaBundleSocketFactory extends WrappedFactory {

    CaBundleSocketFactory(String pem) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {Authorities.trustManager(Authorities.of(pem))}, null);
        factory = context.getSocketFactory();
    }
}
