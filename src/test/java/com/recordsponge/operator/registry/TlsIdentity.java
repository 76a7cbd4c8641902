package com.recordsponge.operator.registry;

import com.recordsponge.operator.support.Command;
import com.recordsponge.operator.support.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for servers on this machine, which is its own authority. */
public record TlsIdentity(Path folder) {

    public static TlsIdentity create(Path folder) throws IOException {
        var identity = new TlsIdentity(folder);
        TestCertificate.write(identity.key(), identity.certificate(), "/CN=registry", "IP:127.0.0.1");
        return identity;
    }

    Path key() {
        return folder.resolve("tls.key");
    }

    Path certificate() {
        return folder.resolve("tls.crt");
    }

    /** Of servers with this identity, and of clients that trust only it. */
    SSLContext context() throws IOException, GeneralSecurityException {
        var bundle = folder.resolve("tls.p12");
        Command.run(
                "openssl",
                "pkcs12",
                "-export",
                "-in",
                certificate().toString(),
                "-inkey",
                key().toString(),
                "-passout",
                "pass:changeit",
                "-out",
                bundle.toString());
        var store = KeyStore.getInstance("PKCS12");
        try (var input = Files.newInputStream(bundle)) {
            store.load(input, "changeit".toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        var authorities = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        authorities.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), authorities.getTrustManagers(), null);
        return context;
    }
}
