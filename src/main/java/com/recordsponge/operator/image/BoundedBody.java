package com.recordsponge.operator.image;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;

/** The body of a request from anybody: of bounded size, and in bounded time. */
final class BoundedBody {

    private static final int LARGEST = 256 * 1024;

    private final Vertx vertx;
    private final Duration longest;

    BoundedBody(Vertx vertx, Duration longest) {
        this.vertx = vertx;
        this.longest = longest;
    }

    /** Fails with an {@link Excess}, after which nothing is kept, or if the connection ends. */
    Future<byte[]> read(HttpServerRequest request) {
        var body = Buffer.buffer();
        Promise<byte[]> result = Promise.promise();
        var timer = vertx.setTimer(longest.toMillis(), _ -> result.tryFail(new Excess(Excess.TIMEOUT)));
        request.exceptionHandler(result::tryFail);
        request.endHandler(_ -> result.tryComplete(body.getBytes()));
        request.handler(part -> {
            if (body.length() + part.length() > LARGEST) {
                result.tryFail(new Excess(Excess.TOO_LARGE));
            } else {
                body.appendBuffer(part);
            }
        });
        return result.future().onFailure(_ -> request.handler(null)).onComplete(_ -> vertx.cancelTimer(timer));
    }

    /** A body that is too large or too slow. */
    static final class Excess extends IOException {

        private static final int TIMEOUT = 408;
        private static final int TOO_LARGE = 413;

        /** The status of the response. */
        final int status;

        private Excess(int status) {
            super("status " + status);
            this.status = status;
        }
    }
}
