package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What keeps the operator from applying an object, in the words of the API server. */
public final class Refusals {

    private static final int TOO_MANY_REQUESTS = 429;

    /** Answers of 4xx after which the same request can succeed at once. */
    private static final Set<Integer> PASSING =
            Set.of(HttpURLConnection.HTTP_CLIENT_TIMEOUT, HttpURLConnection.HTTP_CONFLICT, TOO_MANY_REQUESTS);

    private Refusals() {}

    /** A failure to apply an object, as a blocker of its component. */
    public static Blocker blocker(Component component, Exception failure) {
        return causes(failure)
                .filter(ForeignObjectException.class::isInstance)
                .findFirst()
                .map(foreign -> new Blocker(component, Reason.CONFLICTING_OBJECT, foreign.getMessage()))
                .orElseGet(() ->
                        new Blocker(component, Reason.APPLY_FAILED, "The API server refused: " + message(failure)));
    }

    /** The API server's message, if the failure is a response of it; otherwise the failure's own. */
    public static String message(Exception failure) {
        return causes(failure)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .filter(e -> e.getStatus() != null && e.getStatus().getMessage() != null)
                .map(e -> e.getStatus().getMessage())
                .findFirst()
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    /** Whether the API server refuses the object itself, such as for a quota, until somebody acts. */
    static boolean isFinal(Exception failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof ForeignObjectException
                        || cause instanceof KubernetesClientException e
                                && e.getCode() / 100 == 4
                                && !PASSING.contains(e.getCode()));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
