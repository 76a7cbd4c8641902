package com.recordsponge.operator.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Requests sites from an ingress controller on 127.0.0.1, each request on a new connection. Accepts any certificate and
 * returns it; follows no redirect.
 */
public record SiteVisitor(int httpPort, int httpsPort) {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final SSLContext TLS = acceptingAll();

    /** Sends a GET request without TLS; headers are lines such as {@code Authorization: Basic …}. */
    public SiteAnswer http(String host, String path, String... headers) throws IOException {
        try (var socket = connect(httpPort)) {
            return exchange(socket, host, path, List.of(headers), Optional.empty());
        }
    }

    /** The same with TLS, with the host's name in the handshake. */
    public SiteAnswer https(String host, String path, String... headers) throws IOException {
        try (var plain = connect(httpsPort);
                var socket = (SSLSocket) TLS.getSocketFactory().createSocket(plain, host, httpsPort, true)) {
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return exchange(socket, host, path, List.of(headers), Optional.of(certificate));
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout((int) DEADLINE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) DEADLINE.toMillis());
        return socket;
    }

    private static SiteAnswer exchange(
            Socket socket, String host, String path, List<String> headers, Optional<X509Certificate> certificate)
            throws IOException {
        var request = new StringBuilder("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n".formatted(path, host));
        headers.forEach(header -> request.append(header).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes());
        return SiteAnswer.parse(socket.getInputStream().readAllBytes(), certificate);
    }

    private static SSLContext acceptingAll() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class AnyCertificate implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // A test compares the certificate itself.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
