package com.recordsponge.operator.registry;

import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.registry.HttpTransport.Request;
import com.recordsponge.operator.registry.HttpTransport.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Sends requests to an endpoint and to where it points, within what an environment may make the operator do. */
final class RegistryConnection {

    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_PORT = 65_535;

    private final HttpTransport transport;
    private final Registries registries;
    private final RegistryEndpoint endpoint;
    private final Deadline deadline;

    RegistryConnection(HttpTransport transport, Registries registries, RegistryEndpoint endpoint, Deadline deadline) {
        this.transport = transport;
        this.registries = registries;
        this.endpoint = endpoint;
        this.deadline = deadline;
    }

    /**
     * Sends a request to the endpoint and follows its redirects. The library's own following would send the credentials to
     * wherever they point.
     *
     * @param authorization sent to the endpoint only
     * @return never a challenge of another host
     */
    Response follow(
            String method, URI start, Map<String, String> headers, Optional<String> authorization, int mostBytes)
            throws RegistryException {
        var uri = start;
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var sent = new HashMap<>(headers);
            if (isEndpoint(uri)) {
                authorization.ifPresent(value -> sent.put("Authorization", value));
            }
            var response = send(method, uri, sent, Optional.empty(), mostBytes);
            if (!response.isRedirect()) {
                return checked(uri, response);
            }
            uri = target(uri, response);
        }
        throw RegistryException.unreachable("redirects more than %d times.".formatted(MOST_REDIRECTS));
    }

    /** Whoever answers the challenge of another host shows it the registry's credentials. */
    private Response checked(URI uri, Response response) throws RegistryException {
        if ((response.status() == 401 || response.status() == 403) && !isEndpoint(uri)) {
            throw RegistryException.unreachable(
                    "redirects to %s, which wants credentials (it answers %d) and gets none: they are for the registry only. Name that host in spec.image, or correct the registry."
                            .formatted(uri.getAuthority(), response.status()));
        }
        return response;
    }

    private URI target(URI uri, Response response) throws RegistryException {
        try {
            var target = uri.resolve(response.header("location").orElse(""));
            if (isSecure(target) || isEndpoint(target)) {
                return target;
            }
        } catch (IllegalArgumentException _) {
            // No URL: refused like one that is not secure.
        }
        throw RegistryException.unreachable("redirects to something that is no https URL.");
    }

    static boolean isSecure(URI uri) {
        return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
    }

    private boolean isEndpoint(URI uri) {
        return endpoint.base().getScheme().equals(uri.getScheme())
                && endpoint.base().getRawAuthority().equals(uri.getRawAuthority());
    }

    /** Sends one request. */
    Response send(String method, URI uri, Map<String, String> headers, Optional<String> form, int mostBytes)
            throws RegistryException {
        if (uri.getHost() == null || uri.getPort() > MOST_PORT) {
            throw RegistryException.unreachable("has no valid host and port. Correct spec.image.");
        }
        var trust = isEndpoint(uri) ? endpoint.trust() : registries.trust(uri);
        var configured = isEndpoint(uri) && endpoint.configured() || registries.isConfigured(uri);
        try {
            var addresses = RegistryAddresses.of(uri.getHost(), configured, deadline);
            return transport.send(new Request(method, uri, headers, form, mostBytes, trust), addresses, deadline);
        } catch (UnknownHostException _) {
            throw RegistryException.unreachable("has a name, %s, that does not resolve%s."
                    .formatted(uri.getHost(), deadline.passed() ? " in time" : ""));
        } catch (ConnectException | NoRouteToHostException _) {
            throw RegistryException.unreachable("accepts no connection at %s.".formatted(uri.getAuthority()));
        } catch (SSLException _) {
            throw RegistryException.unreachable(
                    "has a certificate at %s that the operator does not accept; add its authority to the chart's registries."
                            .formatted(uri.getAuthority()));
        } catch (ExchangeException e) {
            throw RegistryException.unreachable(e.getMessage() + ".");
        } catch (IOException _) {
            // The words of a library can contain what a registry sent.
            throw RegistryException.unreachable("closed the connection, or sent what is no HTTP response.");
        }
    }
}
