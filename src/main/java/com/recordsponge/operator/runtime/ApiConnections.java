package com.recordsponge.operator.runtime;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;

/**
 * Connections to the API server, with Quarkus' own event loop. A connection that delivers nothing for a while is closed:
 * after the network has silently dropped packets, a watch would otherwise wait for 5 to 10 minutes.
 */
final class ApiConnections extends VertxHttpClientFactory {

    /** The API server sends a bookmark to each watch every minute. */
    static final int SILENCE_SECONDS = 75;

    ApiConnections(Vertx vertx) {
        super(vertx);
    }

    @Override
    protected void additionalConfig(WebClientOptions options) {
        options.setReadIdleTimeout(SILENCE_SECONDS);
    }
}
