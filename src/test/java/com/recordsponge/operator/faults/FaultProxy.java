package com.recordsponge.operator.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the operator and its API server, and does to each request what a policy says. */
final class FaultProxy implements AutoCloseable {

    private static final String LOCAL = "127.0.0.1";
    private static final int MOST_CONNECTIONS = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Config behind;
    private final Policy policy;
    private final HttpClient client;
    private final HttpServer server;

    /** Is asked from one thread. */
    interface Policy {

        FaultAction fate(ApiRequest request);

        /** The API server has answered a request, of which the operator does not know yet. */
        default void answered(ApiRequest request) {}
    }

    /** @param behind access to the API server */
    FaultProxy(Config behind, Policy policy) {
        this.behind = behind;
        this.policy = policy;
        var target = URI.create(behind.getMasterUrl());
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setDefaultHost(target.getHost())
                        .setDefaultPort(target.getPort())
                        .setSsl(true)
                        .setTrustAll(true)
                        .setVerifyHost(false),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        server = await(vertx.createHttpServer()
                .connectionHandler(connection -> {
                    connections.add(connection);
                    connection.closeHandler(_ -> connections.remove(connection));
                })
                .requestHandler(this::receive)
                .listen(0, LOCAL));
    }

    /** The same access, through this proxy. */
    Config access() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://%s:%d".formatted(LOCAL, server.actualPort()))
                .withOauthToken(behind.getOauthToken())
                .build();
    }

    /** Ends all connections; nothing that came by them and was not forwarded yet will be. */
    void disconnect() {
        List.copyOf(connections).forEach(connection -> await(connection.close()));
    }

    private void receive(HttpServerRequest request) {
        if (ProxiedRequest.upgrades(request)) {
            request.pause();
            treat(request, Buffer.buffer());
        } else {
            request.body().onSuccess(body -> treat(request, body));
        }
    }

    private void treat(HttpServerRequest request, Buffer body) {
        var asked = new ApiRequest(request.method().name(), request.path(), request.query(), body.toString());
        var exchange = new ProxiedRequest(request, client);
        switch (policy.fate(asked)) {
            case FaultAction.Pass() -> forward(exchange, asked, body).onSuccess(exchange::answer);
            case FaultAction.Refuse(var code, var reason, var done)
            when done -> forward(exchange, asked, body).onSuccess(_ -> exchange.refuse(code, reason));
            case FaultAction.Refuse refused -> exchange.refuse(refused.code(), refused.reason());
            case FaultAction.Delay(var by) ->
                vertx.setTimer(
                        by.toMillis(), _ -> forward(exchange, asked, body).onSuccess(exchange::answer));
            case FaultAction.Close(var done)
            when done -> forward(exchange, asked, body).onSuccess(_ -> exchange.end());
            case FaultAction.Close _ -> exchange.end();
            case FaultAction.Hold(var done) when done -> forward(exchange, asked, body);
            case FaultAction.Hold _ -> {}
            case FaultAction.Drop(var after) -> {
                forward(exchange, asked, body).onSuccess(exchange::answer);
                vertx.setTimer(after.toMillis(), _ -> exchange.end());
            }
        }
    }

    private Future<HttpClientResponse> forward(ProxiedRequest exchange, ApiRequest asked, Buffer body) {
        return exchange.forward(body).onSuccess(_ -> policy.answered(asked));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
