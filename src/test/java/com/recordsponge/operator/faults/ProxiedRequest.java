package com.recordsponge.operator.faults;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;

/** A request that passes through the proxy, and its response. */
final class ProxiedRequest {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpServerRequest request;
    private final HttpClient client;
    private Runnable ending;

    /** A request that upgrades its connection must be paused. */
    ProxiedRequest(HttpServerRequest request, HttpClient client) {
        this.request = request;
        this.client = client;
        this.ending = () -> request.connection().close();
    }

    static boolean upgrades(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.UPGRADE);
    }

    /** Forwards the request; if it fails, the operator gets no response either. */
    Future<HttpClientResponse> forward(Buffer body) {
        var headers = HttpHeaders.headers().addAll(request.headers()).remove(HttpHeaders.HOST);
        return client.request(new RequestOptions()
                        .setMethod(request.method())
                        .setURI(request.uri())
                        .setHeaders(headers))
                .compose(onward -> {
                    onward.exceptionHandler(_ -> end());
                    return upgrades(request) ? onward.connect() : onward.send(body);
                })
                .onFailure(_ -> end());
    }

    /** Forwards the API server's response until it ends. */
    void answer(HttpClientResponse response) {
        if (request.response().closed()) {
            response.request().connection().close();
            return;
        }
        var back = request.response().setStatusCode(response.statusCode());
        back.headers().addAll(response.headers());
        if (response.statusCode() == SWITCHING_PROTOCOLS) {
            var inner = response.netSocket().pause();
            request.toNetSocket().onSuccess(outer -> join(outer, inner)).onFailure(_ -> inner.close());
        } else {
            back.closeHandler(_ -> response.request().reset());
            response.pipeTo(back).onFailure(_ -> end());
        }
    }

    private void join(NetSocket outer, NetSocket inner) {
        ending = () -> {
            outer.close();
            inner.close();
        };
        outer.pipeTo(inner).onComplete(_ -> end());
        inner.pipeTo(outer).onComplete(_ -> end());
    }

    /** Responds with an error as the API server does. */
    void refuse(int code, String reason) {
        var status = new StatusBuilder()
                .withCode(code)
                .withStatus("Failure")
                .withReason(reason)
                .withMessage("refused by the test's proxy")
                .build();
        var back = request.response().setStatusCode(code).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (code == TOO_MANY_REQUESTS) {
            back.putHeader("Retry-After", "1");
        }
        back.end(Serialization.asJson(status));
    }

    /** Closes the connection, also an upgraded one. */
    void end() {
        ending.run();
    }
}
