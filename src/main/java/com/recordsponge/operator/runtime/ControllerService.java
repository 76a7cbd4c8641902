package com.recordsponge.operator.runtime;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the ingress controller listens.
 *
 * @param description names it in messages
 * @param host DNS name or IP address
 * @param httpPort for plain HTTP
 * @param httpsPort for HTTPS
 */
public record ControllerService(String description, String host, int httpPort, int httpsPort) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final String NONE = "none";
    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern TEXT = Pattern.compile(
            "((?<namespace>%1$s)/(?<name>%1$s)|(?<host>%1$s(\\.%1$s)*))(:(?<http>\\d{1,5})(,(?<https>\\d{1,5}))?)?"
                    .formatted(LABEL));

    /**
     * Reads {@code namespace/name} of a Service, or a host; either with a port, or with two: of plain HTTP and of HTTPS. Empty
     * for {@value #NONE}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Optional<ControllerService> parse(String text) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'%s' names no ingress controller: write namespace/name of its Service, such as kube-system/traefik or ingress/proxy:8080,8443, or none."
                            .formatted(text));
        }
        var http = parts.group("http") == null ? HTTP : Integer.parseInt(parts.group("http"));
        var single = parts.group("http") == null ? HTTPS : http;
        var https = parts.group("https") == null ? single : Integer.parseInt(parts.group("https"));
        return Optional.of(
                parts.group("name") == null
                        ? new ControllerService(parts.group("host"), parts.group("host"), http, https)
                        : new ControllerService(
                                "Service %s in namespace %s".formatted(parts.group("name"), parts.group("namespace")),
                                "%s.%s.svc".formatted(parts.group("name"), parts.group("namespace")),
                                http,
                                https));
    }

    /** The port of HTTPS or of plain HTTP. */
    public int port(boolean tls) {
        return tls ? httpsPort : httpPort;
    }
}
