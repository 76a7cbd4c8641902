package com.recordsponge.operator.probe;

import com.recordsponge.operator.certificate.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What answers at the ingress controller's port: a test scripts each connection, after TLS if there is a certificate. */
final class ScriptedSite implements AutoCloseable {

    private static final char[] PASSWORD = "password".toCharArray();

    private final ServerSocket listener;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What the site does with a connection. */
    @FunctionalInterface
    interface Script {
        void run(ScriptedSite site, Socket connection) throws IOException;
    }

    /** Plain HTTP. */
    ScriptedSite(Script script) throws IOException {
        this(ServerSocketFactory.getDefault(), script);
    }

    /** HTTPS with one of {@link TestCertificates} and the certificates of its issuers. */
    ScriptedSite(Script script, String certificate, String... issuers) throws IOException {
        this(tls(certificate, issuers), script);
    }

    private ScriptedSite(ServerSocketFactory sockets, Script script) throws IOException {
        this.script = script;
        listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    private static ServerSocketFactory tls(String certificate, String... issuers) throws IOException {
        var files = TestCertificates.ALL;
        var chain = new StringBuilder(files.text(certificate));
        for (var issuer : issuers) {
            chain.append(files.text(issuer));
        }
        files.write(certificate + ".chain", chain.toString());
        files.openssl(
                "pkcs12",
                "-export",
                "-in",
                certificate + ".chain",
                "-inkey",
                certificate + ".key",
                "-passout",
                "pass:" + new String(PASSWORD),
                "-out",
                certificate + ".p12");
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(files.file(certificate + ".p12")), PASSWORD);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context.getServerSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                var connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException _) {
                // The test is over.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            script.run(this, connection);
        } catch (IOException _) {
            // The operator closed the connection.
        }
    }

    /** Reads a request, and answers it. */
    static Script answers(String... lines) {
        return (site, connection) -> {
            site.requests.add(readRequest(connection.getInputStream()));
            send(connection.getOutputStream(), String.join("\r\n", lines) + "\r\n\r\n");
        };
    }

    static String readRequest(InputStream in) throws IOException {
        var request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            request.append((char) next);
        }
        return request.toString();
    }

    static void send(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The requests so far. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
