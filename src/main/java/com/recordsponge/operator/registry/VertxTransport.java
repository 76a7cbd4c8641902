package com.recordsponge.operator.registry;

import com.recordsponge.operator.check.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The HTTP client that is in the process anyway, as that of the Kubernetes client. It opens a connection for each request: a
 * registry is asked so rarely that an idle one would only cost memory.
 */
public final class VertxTransport implements HttpTransport {

    private final Vertx vertx;
    private final Map<Registries.Trust, HttpClient> clients = new ConcurrentHashMap<>();

    public VertxTransport(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Response send(Request request, List<InetAddress> addresses, Deadline deadline) throws IOException {
        IOException first = null;
        for (var index = 0; index < addresses.size(); index++) {
            try {
                var share = deadline.left().dividedBy(addresses.size() - index);
                return send(request, addresses.get(index), share, deadline);
            } catch (ConnectException | NoRouteToHostException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private Response send(Request request, InetAddress address, Duration connect, Deadline deadline)
            throws IOException {
        var open = new AtomicReference<HttpClientRequest>();
        var response = client(request.trust())
                .request(options(request, address, connect))
                .onSuccess(open::set)
                .compose(sent -> answer(sent, request))
                .toCompletionStage()
                .toCompletableFuture();
        try {
            return response.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new ExchangeException("did not answer in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            if (open.get() != null) {
                open.get().reset();
            }
        }
    }

    private static RequestOptions options(Request request, InetAddress address, Duration connect) {
        var uri = request.uri();
        var secure = "https".equals(uri.getScheme());
        var port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                .setHost(uri.getHost())
                .setPort(port)
                .setSsl(secure)
                .setURI(uri.getRawPath() + query)
                .setConnectTimeout(Math.max(1, connect.toMillis()));
        request.headers().forEach(options::putHeader);
        return options;
    }

    /** Called on the event loop: so is what is added to its future here, before the response can have ended. */
    private static Future<Response> answer(HttpClientRequest open, Request request) {
        var received = request.form().isPresent() ? open.send(request.form().get()) : open.send();
        return received.compose(response -> read(response, request.mostBytes()));
    }

    private static Future<Response> read(HttpClientResponse response, int mostBytes) {
        var complete = Promise.<Response>promise();
        var body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > mostBytes) {
                complete.tryFail(new ExchangeException("answered with more than %d bytes".formatted(mostBytes)));
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        response.exceptionHandler(complete::tryFail);
        response.endHandler(
                _ -> complete.tryComplete(new Response(response.statusCode(), headers(response), body.getBytes())));
        return complete.future();
    }

    private static Map<String, List<String>> headers(HttpClientResponse response) {
        var headers = new HashMap<String, List<String>>();
        response.headers()
                .names()
                .forEach(name -> headers.put(
                        name.toLowerCase(Locale.ROOT), response.headers().getAll(name)));
        return headers;
    }

    /** Without a handler Vert.x would log what a registry sent instead of HTTP. */
    private HttpClient client(Registries.Trust trust) {
        return clients.computeIfAbsent(trust, _ -> vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setKeepAlive(false)
                        .setTrustAll(trust.anything())
                        .setVerifyHost(!trust.anything())
                        .setTrustOptions(trust.authorities()
                                .map(TrustedAuthorities::with)
                                .orElse(null)))
                .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
                .build());
    }
}
