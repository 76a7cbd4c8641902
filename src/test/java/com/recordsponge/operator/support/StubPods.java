package com.recordsponge.operator.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes the place of the pods behind a Service where there is no node: an HTTP server, and the EndpointSlice with its
 * address. Create several for one Service to have several pods.
 */
public final class StubPods implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final KubernetesClient client;
    private final HttpServer server;
    private final EndpointSlice slice;

    /** Answers every request with status 200 and a text. */
    public static StubPods answering(KubernetesClient client, String namespace, String service, String text)
            throws IOException {
        return new StubPods(client, namespace, service, exchange -> {
            var body = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    public StubPods(KubernetesClient client, String namespace, String service, HttpHandler handler) throws IOException {
        this.client = client;
        // Otherwise a response waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(0), 0);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        slice = client.resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("stub-" + server.getAddress().getPort())
                        .addToLabels("kubernetes.io/service-name", service)
                        .endMetadata()
                        .withAddressType("IPv4")
                        .withEndpoints(new EndpointBuilder()
                                .withAddresses(MachineAddress.ipv4())
                                .withNewConditions()
                                .withReady(true)
                                .endConditions()
                                .build())
                        .withPorts(new EndpointPortBuilder()
                                .withName("http")
                                .withProtocol("TCP")
                                .withPort(server.getAddress().getPort())
                                .build())
                        .build())
                .create();
    }

    /** Deletes the EndpointSlice; the server goes on, as a pod that is stopping does. */
    public void stopping() {
        client.resource(slice).delete();
    }

    @Override
    public void close() {
        stopping();
        server.stop(0);
        threads.close();
    }
}
