package com.recordsponge.operator.probe;

import com.recordsponge.operator.certificate.CertificateSecrets;
import com.recordsponge.operator.check.Connections;
import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.runtime.ControllerService;
import com.recordsponge.operator.runtime.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/**
 * Sends one GET over a new connection, without credentials, and reads only the head of the response. Sockets instead of
 * java.net.http, which shows neither the certificate of a refused connection nor chooses an address apart from the host, and
 * holds a thread and a buffer of 16 KiB for each client.
 */
@Singleton
class HttpSiteProbe implements SiteProbe {

    private final ControllerService controller;
    private final Duration timeout;
    private final PresentedCertificates certificates;

    @Inject
    HttpSiteProbe(Settings settings, Trust trust, CertificateSecrets secrets) {
        this(
                settings.ingressController().service().orElse(null),
                settings.ingressController().timeout(),
                new PresentedCertificates(trust, secrets));
    }

    HttpSiteProbe(ControllerService controller, Duration timeout, PresentedCertificates certificates) {
        this.controller = controller;
        this.timeout = timeout;
        this.certificates = certificates;
    }

    @Override
    public ProbeResult ask(SiteRequest request) {
        var attempt = new Attempt(request, controller, timeout);
        try (var deadline = new Deadline(timeout)) {
            try {
                return ask(attempt, deadline);
            } catch (IOException e) {
                return attempt.explain(e, deadline.passed());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has TLS", e);
            }
        }
    }

    private ProbeResult ask(Attempt attempt, Deadline deadline) throws IOException, GeneralSecurityException {
        var request = attempt.request();
        attempt.begin(Attempt.Stage.LOOKUP);
        var addresses = addresses(deadline);
        attempt.begin(Attempt.Stage.CONNECT);
        var socket = Connections.open(addresses, controller.port(request.tls()), deadline);
        var warning = "";
        if (request.certificate().isPresent()) {
            attempt.begin(Attempt.Stage.TLS);
            var session = TlsClient.connect(socket, request.host());
            var verdict = certificates.compare(request, session.chain());
            if (verdict.failure().isPresent()) {
                return verdict.failure().get();
            }
            warning = verdict.warning();
            socket = session.socket();
        }
        attempt.begin(Attempt.Stage.RESPONSE);
        send(socket, request);
        return ResponseCheck.of(request, ResponseHead.read(socket.getInputStream()), warning);
    }

    private List<InetAddress> addresses(Deadline deadline) throws IOException {
        var found = Connections.lookUp(controller.host(), deadline);
        if (found.isEmpty()) {
            throw new UnknownHostException(controller.host());
        }
        return found;
    }

    private static void send(Socket socket, SiteRequest request) throws IOException {
        socket.getOutputStream()
                .write(
                        "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: recordsponge-operator\r\nAccept: */*\r\nConnection: close\r\n\r\n"
                                .formatted(SiteRequest.PATH, request.host())
                                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
