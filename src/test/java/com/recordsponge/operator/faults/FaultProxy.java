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

/** A proxy between the operator and its API server that applies a policy's action to each request. */
final class FaultProxy implements AutoCloseable {

    private static final String LOCAL = "127.0.0.1";
    private static final int MAX_CONNECTIONS = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Config target;
    private final Policy policy;
    private final HttpClient client;
    private final HttpServer server;

    /** Chooses the action for each request. The proxy calls it from one thread. */
    interface Policy {

        FaultAction actionFor(ApiRequest request);

        /** Called when the API server has responded to a request and the operator has no response yet. */
        default void answered(ApiRequest request) {}
    }

    /** @param target access to the API server */
    FaultProxy(Config target, Policy policy) {
        this.target = target;
        this.policy = policy;
        var url = URI.create(target.getMasterUrl());
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setDefaultHost(url.getHost())
                        .setDefaultPort(url.getPort())
                        .setSsl(true)
                        .setTrustAll(true)
                        .setVerifyHost(false),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
        server = await(vertx.createHttpServer()
                .connectionHandler(connection -> {
                    connections.add(connection);
                    connection.closeHandler(_ -> connections.remove(connection));
                })
                .requestHandler(this::receive)
                .listen(0, LOCAL));
    }

    /** Access to the same API server through this proxy. */
    Config access() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://%s:%d".formatted(LOCAL, server.actualPort()))
                .withOauthToken(target.getOauthToken())
                .build();
    }

    /** Closes all connections, and drops the requests on them that are not forwarded yet. */
    void disconnect() {
        List.copyOf(connections).forEach(connection -> await(connection.close()));
    }

    private void receive(HttpServerRequest request) {
        if (ProxiedRequest.upgrades(request)) {
            request.pause();
            handle(request, Buffer.buffer());
        } else {
            request.body().onSuccess(body -> handle(request, body));
        }
    }

    private void handle(HttpServerRequest request, Buffer body) {
        var apiRequest = new ApiRequest(request.method().name(), request.path(), request.query(), body.toString());
        var proxied = new ProxiedRequest(request, client);
        switch (policy.actionFor(apiRequest)) {
            case FaultAction.Pass() -> forward(proxied, apiRequest, body).onSuccess(proxied::answer);
            case FaultAction.Refuse(var code, var reason, var applied)
            when applied -> forward(proxied, apiRequest, body).onSuccess(_ -> proxied.refuse(code, reason));
            case FaultAction.Refuse refused -> proxied.refuse(refused.code(), refused.reason());
            case FaultAction.Delay(var by) ->
                vertx.setTimer(
                        by.toMillis(), _ -> forward(proxied, apiRequest, body).onSuccess(proxied::answer));
            case FaultAction.Close(var applied)
            when applied -> forward(proxied, apiRequest, body).onSuccess(_ -> proxied.end());
            case FaultAction.Close _ -> proxied.end();
            case FaultAction.Hold(var applied) when applied -> forward(proxied, apiRequest, body);
            case FaultAction.Hold _ -> {}
            case FaultAction.Drop(var after) -> {
                forward(proxied, apiRequest, body).onSuccess(proxied::answer);
                vertx.setTimer(after.toMillis(), _ -> proxied.end());
            }
        }
    }

    private Future<HttpClientResponse> forward(ProxiedRequest proxied, ApiRequest apiRequest, Buffer body) {
        return proxied.forward(body).onSuccess(_ -> policy.answered(apiRequest));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
