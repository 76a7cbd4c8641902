package com.recordsponge.operator.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.support.StubPods;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A pod that answers as long as everything that it refers to is as it was when it started; its error says what is not. It
 * reaches its database as a pod does: through the Service, as the Service now is.
 */
final class StubPod implements AutoCloseable {

    private static final Duration SLOW = Duration.ofSeconds(3);

    /** Without a request for so long, the ingress controller no longer knows the pod. */
    private static final Duration UNUSED = Duration.ofSeconds(8);

    private final Pod pod;
    private final PodSnapshot snapshot;
    private final ClusterView view;
    private final StubDatabases databases;
    private final Map<String, StubPods> servers = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Instant lastUse = Instant.now();
    private volatile boolean gone;
    private boolean stopping;

    StubPod(Pod pod, PodSnapshot snapshot, ClusterView view, StubDatabases databases) {
        this.pod = pod;
        this.snapshot = snapshot;
        this.view = view;
        this.databases = databases;
    }

    Pod pod() {
        return pod;
    }

    boolean isSelectedBy(Service service) {
        var selector = service.getSpec().getSelector();
        return selector != null
                && !selector.isEmpty()
                && pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet());
    }

    /** Becomes an endpoint of a Service, unless it is stopping. */
    synchronized void serve(String service, Function<HttpHandler, StubPods> server) {
        if (!stopping) {
            servers.computeIfAbsent(service, _ -> server.apply(this::handle));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try {
            answer(exchange);
        } finally {
            lastUse = Instant.now();
            requests.decrementAndGet();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var flaw = gone ? Optional.<String>empty() : flaw(path);
        if (path.equals("/api/slow")) {
            pause();
        }
        var body = flaw.map(text -> pod.getMetadata().getName() + ": " + text)
                .orElse(pod.getMetadata().getName())
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(flaw.isPresent() ? 500 : 200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private Optional<String> flaw(String path) {
        return path.equals(Visit.DATABASE) ? databaseFlaw().or(snapshot::changed) : snapshot.changed();
    }

    private Optional<String> databaseFlaw() {
        var flaw = databases.loginFlaw(snapshot.variable("PGUSER"), snapshot.variable("PGPASSWORD"));
        var host = snapshot.variable("PGHOST");
        var port = snapshot.variable("PGPORT");
        var namespace = pod.getMetadata().getNamespace();
        var service = view.service(namespace, host.replace("." + namespace + ".svc", ""));
        return flaw.or(() -> service.isPresent()
                ? serviceFlaw(service.get(), port)
                : databases.serverFlaw(host, port.isEmpty() ? 0 : Integer.parseInt(port)));
    }

    private Optional<String> serviceFlaw(Service service, String port) {
        var name = service.getMetadata().getName();
        if (service.getSpec().getPorts().stream()
                .noneMatch(offered -> offered.getPort().toString().equals(port))) {
            return Optional.of("Service %s has no port %s".formatted(name, port));
        }
        return view.endpoints(service.getMetadata().getNamespace(), name)
                .flatMap(slice -> slice.getEndpoints().stream()
                        .flatMap(endpoint -> endpoint.getAddresses().stream())
                        .map(address -> databases.serverFlaw(
                                address, slice.getPorts().getFirst().getPort())))
                .findFirst()
                .orElse(Optional.of("Service %s has no endpoint".formatted(name)));
    }

    private static void pause() {
        try {
            Thread.sleep(SLOW);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves its Services, and goes on answering. */
    synchronized void stopping() {
        stopping = true;
        lastUse = Instant.now();
        servers.values().forEach(StubPods::stopping);
    }

    /** Whether no visitor has reached it for a while. */
    boolean isUnused() {
        return requests.get() == 0 && lastUse.plus(UNUSED).isBefore(Instant.now());
    }

    /**
     * The pod is deleted, and so may be what it refers to. It goes on answering until it is closed: on a busy machine the
     * ingress controller may learn only now that it was stopping.
     */
    void gone() {
        gone = true;
    }

    @Override
    public void close() {
        servers.values().forEach(StubPods::close);
    }
}
