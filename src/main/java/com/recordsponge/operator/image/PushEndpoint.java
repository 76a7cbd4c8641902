package com.recordsponge.operator.image;

import com.recordsponge.operator.runtime.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Receives the notifications of registries. A notification is a hint: it can make the operator ask a registry, but what runs
 * follows from the registry's answer only. Whoever does not know the secret learns nothing, and occupies little memory: only
 * a body that is said to be signed is read before its sender has proved itself.
 */
@Singleton
class PushEndpoint {

    static final String PATH = "/push";

    /** Set by another replica, which passes a notification on. */
    static final String PASSED_ON = "X-RecordSponge-Passed-On";

    /** Bodies at a time from senders that have proved themselves, and as many from those that have not yet. */
    static final int AT_ONCE = 8;

    private static final Duration LONGEST_BODY = Duration.ofSeconds(5);
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final Optional<PushSecret> secret;
    private final PushReceiver receiver;
    private final BoundedBody bodies;
    private final Semaphore proved = new Semaphore(AT_ONCE);
    private final Semaphore signed = new Semaphore(AT_ONCE);

    @Inject
    PushEndpoint(Vertx vertx, Settings settings, PushReceiver receiver) {
        this(settings.images(), receiver, new BoundedBody(vertx, LONGEST_BODY));
    }

    PushEndpoint(Settings.Images settings, PushReceiver receiver, BoundedBody bodies) {
        // Everybody knows an empty one.
        this.secret = settings.pushSecret().filter(text -> !text.isBlank()).map(PushSecret::new);
        this.receiver = receiver;
        this.bodies = bodies;
    }

    void register(@Observes Router router) {
        secret.ifPresent(known -> router.post(PATH + "/*").handler(context -> receive(context.request(), known)));
    }

    private void receive(HttpServerRequest request, PushSecret known) {
        if (known.isIn(request.path()) || known.authorizes(request.getHeader("Authorization"))) {
            receive(request, proved, Optional.empty());
        } else if (PushSecret.isSigned(request)) {
            receive(request, signed, Optional.of(known));
        } else {
            refuse(request, NOT_FOUND);
        }
    }

    /** @param judge checks the signature, unless the sender has proved itself */
    private void receive(HttpServerRequest request, Semaphore slots, Optional<PushSecret> judge) {
        if (!slots.tryAcquire()) {
            refuse(request, TOO_MANY);
            return;
        }
        bodies.read(request)
                .onFailure(failure -> {
                    slots.release();
                    if (failure instanceof BoundedBody.Excess excess) {
                        refuse(request, excess.status);
                    }
                })
                .onSuccess(body -> {
                    if (judge.filter(known -> !known.signs(body, request)).isPresent()) {
                        slots.release();
                        refuse(request, NOT_FOUND);
                    } else {
                        request.response().setStatusCode(ACCEPTED).end();
                        process(body, request.getHeader(PASSED_ON) != null, slots);
                    }
                });
    }

    private void process(byte[] body, boolean passedOn, Semaphore slots) {
        Thread.ofVirtual().name("push notification").start(() -> {
            try {
                receiver.receive(body, passedOn);
            } finally {
                slots.release();
            }
        });
    }

    private static void refuse(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }
}
