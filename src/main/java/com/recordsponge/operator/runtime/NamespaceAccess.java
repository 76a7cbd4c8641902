package com.recordsponge.operator.runtime;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import java.net.HttpURLConnection;
import java.util.Objects;

/**
 * Whether the API server lists the environments of a namespace.
 *
 * @param message why not, in the API server's words
 */
record NamespaceAccess(State state, String message) {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** The kinds of answers. */
    enum State {
        GRANTED,
        /** The operator has no right, as in a namespace that was deleted together with its Role. */
        REFUSED,
        /** The API server cannot be reached, is still starting, or does not serve the CRD yet. */
        NOT_READY
    }

    /** Asks the API server once, without the client's own retries. */
    static NamespaceAccess ask(KubernetesClient client, String namespace) {
        try {
            var environments = client.newClient(new RequestConfigBuilder()
                            .withRequestRetryBackoffLimit(0)
                            .withRequestTimeout(TIMEOUT_MILLIS)
                            .build())
                    .adapt(KubernetesClient.class)
                    .resources(RecordSpongeEnvironment.class);
            (Constants.WATCH_ALL_NAMESPACES.equals(namespace)
                            ? environments.inAnyNamespace()
                            : environments.inNamespace(namespace))
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            return new NamespaceAccess(State.GRANTED, "");
        } catch (KubernetesClientException e) {
            return of(e);
        }
    }

    static NamespaceAccess of(KubernetesClientException failure) {
        var status = failure.getStatus();
        var message = status == null ? null : status.getMessage();
        return new NamespaceAccess(
                failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN ? State.REFUSED : State.NOT_READY,
                Objects.requireNonNullElseGet(message, () -> String.valueOf(cause(failure))));
    }

    private static Throwable cause(Throwable failure) {
        return failure.getCause() == null ? failure : cause(failure.getCause());
    }
}
