package com.recordsponge.operator.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards TCP connections to an API server, and can silence them: they stay open, and no byte passes any more, as when a
 * firewall forgets them. New connections work.
 */
final class SilencingProxy implements AutoCloseable {

    private static final String LOCAL = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final Config target;
    private final NetServer server;

    /** @param target access to the API server */
    SilencingProxy(Config target) {
        this.target = target;
        var url = URI.create(target.getMasterUrl());
        server = await(vertx.createNetServer()
                .connectHandler(outer -> {
                    outer.pause();
                    client.connect(url.getPort(), url.getHost())
                            .onSuccess(inner -> join(outer, inner))
                            .onFailure(_ -> outer.close());
                })
                .listen(0, LOCAL));
    }

    /** Access to the same API server through this proxy. */
    Config access() {
        return new ConfigBuilder(target)
                .withMasterUrl("https://%s:%d".formatted(LOCAL, server.actualPort()))
                .build();
    }

    int connections() {
        return open.size() / 2;
    }

    /** Silences all open connections. */
    void silence() {
        open.forEach(socket -> socket.handler(_ -> {}));
    }

    private void join(NetSocket outer, NetSocket inner) {
        forward(outer, inner);
        forward(inner, outer);
        outer.resume();
    }

    private void forward(NetSocket from, NetSocket to) {
        open.add(from);
        from.handler(to::write);
        from.closeHandler(_ -> {
            open.remove(from);
            to.close();
        });
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
