package com.recordsponge.operator.registry;

import com.recordsponge.operator.check.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends one HTTP request, follows no redirect, and never reads more than the request allows. */
public interface HttpTransport {

    /**
     * Sends a request and waits for the response.
     *
     * @param addresses where to connect: to the first that accepts it. The name in the URL is checked against the certificate
     *     all the same
     * @throws IOException if no complete response arrives before the deadline, or its body is larger than allowed; if no
     *     address accepts a connection, what the first answered
     */
    Response send(Request request, List<InetAddress> addresses, Deadline deadline) throws IOException;

    /**
     * @param method GET, HEAD or POST
     * @param form body of a POST; empty otherwise
     * @param mostBytes the largest body to read
     */
    record Request(
            String method,
            URI uri,
            Map<String, String> headers,
            Optional<String> form,
            int mostBytes,
            Registries.Trust trust) {}

    /** @param headers by name in lower case */
    record Response(int status, Map<String, List<String>> headers, byte[] body) {

        Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }

        boolean isRedirect() {
            return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        }
    }
}
