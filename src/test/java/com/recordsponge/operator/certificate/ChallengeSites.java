package com.recordsponge.operator.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Answers HTTP-01 challenges as the pods of cert-manager do, which an API server without nodes does not start. Also an HTTP
 * proxy: it does not look at the server in a request's URL.
 */
final class ChallengeSites implements AutoCloseable {

    private final KubernetesClient client;
    private final String namespace;
    private final HttpServer server;

    ChallengeSites(KubernetesClient client, String namespace, String otherServer) throws IOException {
        this.client = client;
        this.namespace = namespace;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            var host = exchange.getRequestHeaders().getFirst("Host").replaceFirst(":\\d+$", "");
            answer(exchange, host.equals(otherServer) ? Optional.empty() : key(exchange));
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private Optional<String> key(HttpExchange exchange) {
        var token = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
        return client
                .genericKubernetesResources("acme.cert-manager.io/v1", "Challenge")
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .filter(challenge -> token.equals(challenge.get("spec", "token")))
                .findFirst()
                .map((GenericKubernetesResource challenge) -> challenge.get("spec", "key"));
    }

    private static void answer(HttpExchange exchange, Optional<String> key) throws IOException {
        var body = key.orElse("<html>Welcome to nginx!").getBytes(UTF_8);
        exchange.sendResponseHeaders(key.isPresent() ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
