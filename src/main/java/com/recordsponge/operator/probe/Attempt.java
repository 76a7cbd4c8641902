package com.recordsponge.operator.probe;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.runtime.ControllerService;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** How far one request has got, to explain why it failed. */
final class Attempt {

    private final SiteRequest request;
    private final ControllerService controller;
    private final Duration timeout;
    private Stage stage = Stage.LOOKUP;

    /** The stages of a request. */
    enum Stage {
        LOOKUP,
        CONNECT,
        TLS,
        RESPONSE
    }

    Attempt(SiteRequest request, ControllerService controller, Duration timeout) {
        this.request = request;
        this.controller = controller;
        this.timeout = timeout;
    }

    SiteRequest request() {
        return request;
    }

    void begin(Stage next) {
        stage = next;
    }

    /** @param timedOut whether the deadline has passed: then every other failure follows from that */
    ProbeResult explain(IOException failure, boolean timedOut) {
        var late = timedOut || failure instanceof SocketTimeoutException;
        return switch (stage) {
            case LOOKUP ->
                unreachable(
                        "%s does not resolve; correct the chart's value ingressController.service, or check the cluster's DNS.",
                        controller.host());
            case CONNECT ->
                late
                        ? unreachable(
                                "%s does not answer within %d s; check the NetworkPolicies and firewalls between the operator and the ingress controller.",
                                address(), timeout.toSeconds())
                        : unreachable(
                                "%s refuses connections; check that the ingress controller runs, and its Service's ports.",
                                address());
            case TLS -> late ? silent() : refusedTls(failure);
            case RESPONSE -> late ? silent() : noResponse(failure);
        };
    }

    private ProbeResult refusedTls(IOException failure) {
        return failure instanceof SSLHandshakeException
                ? ProbeResult.failed(
                        Reason.WRONG_CERTIFICATE,
                        "%s presents no certificate for %s: %s; check the ingress controller's TLS options.",
                        address(),
                        request.host(),
                        Quote.of(Objects.toString(failure.getMessage(), "")))
                : unreachable(
                        failure instanceof SSLException
                                ? "%s does not answer in TLS for %s; check the port of the ingress controller's Service."
                                : "%s closes the connection without an answer for %s; check the ingress controller's log.",
                        address(),
                        request.host());
    }

    private ProbeResult noResponse(IOException failure) {
        return unreachable(
                failure instanceof ProtocolException
                        ? "%s does not answer in HTTP for %s; check the port of the ingress controller's Service."
                        : "%s closes the connection without an answer for %s; check the ingress controller's log.",
                address(),
                request.host());
    }

    private ProbeResult silent() {
        return unreachable(
                "%s has accepted the connection, but does not answer for %s within %d s; check that NetworkPolicies and firewalls admit it to the pods, and the application's load.",
                address(), request.host(), timeout.toSeconds());
    }

    private String address() {
        return "Port %d of %s".formatted(controller.port(request.tls()), controller.description());
    }

    private static ProbeResult unreachable(String message, Object... arguments) {
        return ProbeResult.failed(Reason.UNREACHABLE, message, arguments);
    }
}
