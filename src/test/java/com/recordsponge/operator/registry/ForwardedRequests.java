package com.recordsponge.operator.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.toMap;

import com.recordsponge.operator.registry.ScriptedRegistry.Request;
import com.recordsponge.operator.registry.ScriptedRegistry.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a proxy passes on to a registry, and back. */
record ForwardedRequests(String host, HttpClient client) implements AutoCloseable {

    private static final List<String> REQUEST_HEADERS = List.of("accept", "authorization", "if-none-match");
    private static final List<String> RESPONSE_HEADERS =
            List.of("docker-content-digest", "etag", "content-type", "www-authenticate");

    ForwardedRequests(String host, TlsIdentity identity) throws IOException, GeneralSecurityException {
        this(host, HttpClient.newBuilder().sslContext(identity.context()).build());
    }

    Script forward(Request request) {
        return output -> write(send(request)).write(output);
    }

    /** @param value replaces that of a header of the response; empty removes the header */
    Script forward(Request request, String header, Optional<String> value) {
        return output -> {
            var response = send(request);
            response.headers.remove(header);
            value.ifPresent(text -> response.headers.put(header, text));
            write(response).write(output);
        };
    }

    private record Response(int status, Map<String, String> headers, byte[] body) {}

    private Response send(Request request) throws IOException {
        var forwarded = HttpRequest.newBuilder(URI.create("https://" + host + request.target()))
                .method(request.method(), HttpRequest.BodyPublishers.noBody());
        REQUEST_HEADERS.forEach(name ->
                Optional.ofNullable(request.headers().get(name)).ifPresent(value -> forwarded.header(name, value)));
        try {
            var response = client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
            var headers = RESPONSE_HEADERS.stream()
                    .filter(name -> response.headers().firstValue(name).isPresent())
                    .collect(toMap(
                            name -> name,
                            name -> response.headers().firstValue(name).orElseThrow()));
            return new Response(response.statusCode(), headers, response.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Script write(Response response) {
        var headers = response.headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toArray(String[]::new);
        return ScriptedRegistry.body(response.status, new String(response.body, ISO_8859_1), headers);
    }

    @Override
    public void close() {
        client.close();
    }
}
