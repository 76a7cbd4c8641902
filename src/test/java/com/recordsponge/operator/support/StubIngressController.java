package com.recordsponge.operator.support;

import com.recordsponge.operator.route.Middleware;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * Answers for every host of an Ingress, as Traefik would if every pod answered: under the certificate of the Ingress, and with
 * the headers of its Middlewares. Where a real Traefik would take the processor from what a test or benchmark is about.
 */
public final class StubIngressController implements AutoCloseable {

    private static final String ROUTER = "traefik.ingress.kubernetes.io/router.";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong requests = new AtomicLong();
    private final SharedIndexInformer<Ingress> ingresses;
    private final SharedIndexInformer<Middleware> middlewares;
    private final SharedIndexInformer<Secret> secrets;
    private final HttpServer http;
    private final HttpsServer https;

    /** Install Traefik's CRDs first. */
    public StubIngressController(KubernetesClient client) throws IOException {
        ingresses = client.resources(Ingress.class).inAnyNamespace().inform();
        middlewares = client.resources(Middleware.class).inAnyNamespace().inform();
        secrets = client.resources(Secret.class)
                .inAnyNamespace()
                .withField("type", "kubernetes.io/tls")
                .inform();
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        http = HttpServer.create(any, 0);
        https = HttpsServer.create(any, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls()));
        for (var server : List.of(http, https)) {
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, server == http ? "web" : "websecure"));
            server.start();
        }
    }

    private SSLContext tls() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new ServerNameKeys(this::secret)}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The operator's setting that names it. */
    public Map<String, String> setting() {
        return Map.of(
                "RECORDSPONGE_INGRESS_CONTROLLER_SERVICE",
                "127.0.0.1:%d,%d"
                        .formatted(
                                http.getAddress().getPort(), https.getAddress().getPort()));
    }

    /** The number of requests so far. */
    public long requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange, String entryPoint) throws IOException {
        requests.incrementAndGet();
        var host = exchange.getRequestHeaders().getFirst("Host");
        var ingress = ingresses(host)
                .filter(found -> entryPoint.equals(annotation(found, ROUTER + "entrypoints")))
                .findFirst();
        ingress.stream().flatMap(this::headers).forEach(header -> exchange.getResponseHeaders()
                .set(header.getKey(), header.getValue()));
        exchange.sendResponseHeaders(ingress.isPresent() ? 200 : 404, -1);
        exchange.close();
    }

    private Stream<Ingress> ingresses(String host) {
        return ingresses.getStore().list().stream().filter(ingress -> ingress.getSpec().getRules().stream()
                .anyMatch(rule -> rule.getHost().equals(host)));
    }

    private static String annotation(HasMetadata object, String name) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }

    private Stream<Map.Entry<String, String>> headers(Ingress ingress) {
        return Arrays.stream(annotation(ingress, ROUTER + "middlewares").split(","))
                .filter(reference -> !reference.isEmpty())
                .map(reference -> key(reference, ingress.getMetadata().getNamespace()))
                .map(middlewares.getStore()::getByKey)
                .filter(Objects::nonNull)
                .map(middleware -> middleware.<Map<String, String>>get("spec", "headers", "customResponseHeaders"))
                .filter(Objects::nonNull)
                .flatMap(headers -> headers.entrySet().stream());
    }

    /** By which an informer knows the Middleware of a reference. */
    private static String key(String reference, String namespace) {
        return namespace + "/" + reference.substring(namespace.length() + 1).replace("@kubernetescrd", "");
    }

    private Optional<Secret> secret(String host) {
        return ingresses(host)
                .flatMap(ingress -> ingress.getSpec().getTls().stream()
                        .map(IngressTLS::getSecretName)
                        .map(name -> ingress.getMetadata().getNamespace() + "/" + name))
                .findFirst()
                .map(secrets.getStore()::getByKey);
    }

    @Override
    public void close() {
        http.stop(0);
        https.stop(0);
        threads.close();
        List.of(ingresses, middlewares, secrets).forEach(SharedIndexInformer::close);
    }
}
