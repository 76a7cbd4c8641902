package com.recordsponge.operator.support;

import static com.recordsponge.operator.support.Patience.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Edits objects that others write, too. The client's own {@code edit} is refused as a conflict when the operator writes
 * between its read and its write; kubectl's users would try again.
 */
public final class Edits {

    private Edits() {}

    /**
     * Edits an object as it is now.
     *
     * @throws io.fabric8.kubernetes.client.ResourceNotFoundException if there is no such object any more
     */
    public static <T extends HasMetadata> T edit(KubernetesClient client, T object, UnaryOperator<T> change) {
        return repeat(client, object, current -> current.edit(change));
    }

    /** The same with its status. */
    public static <T extends HasMetadata> T editStatus(KubernetesClient client, T object, UnaryOperator<T> change) {
        return repeat(client, object, current -> current.editStatus(change));
    }

    private static <T extends HasMetadata> T repeat(KubernetesClient client, T object, Function<Resource<T>, T> write) {
        return await().pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsMatching(Edits::isOutdated)
                .until(() -> write.apply(client.resource(client.resource(object).require())), Objects::nonNull);
    }

    /** Whether the object was written or deleted since it was read: the next read tells. */
    private static boolean isOutdated(Throwable failure) {
        return failure instanceof KubernetesClientException refusal
                && (refusal.getCode() == HttpURLConnection.HTTP_CONFLICT
                        || refusal.getCode() == HttpURLConnection.HTTP_NOT_FOUND);
    }
}
