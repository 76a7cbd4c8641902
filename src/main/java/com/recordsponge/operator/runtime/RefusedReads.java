package com.recordsponge.operator.runtime;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Remembers the namespaces in which the API server refused a read. The client reports a refused watch to nobody else. */
@Singleton
class RefusedReads implements Interceptor {

    static final String NAME = "refused-reads";

    private static final Pattern NAMESPACE = Pattern.compile("/namespaces/([^/]+)/");

    private final Set<String> namespaces = new HashSet<>();

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.code() == HttpURLConnection.HTTP_FORBIDDEN && "GET".equals(request.method())) {
            var path = NAMESPACE.matcher(request.uri().getPath());
            add(path.find() ? path.group(1) : Constants.WATCH_ALL_NAMESPACES);
        }
    }

    private synchronized void add(String namespace) {
        namespaces.add(namespace);
    }

    /**
     * The namespaces of the refused requests since the last call; {@link Constants#WATCH_ALL_NAMESPACES} for a request of all
     * namespaces, or of none.
     */
    synchronized Set<String> take() {
        var taken = Set.copyOf(namespaces);
        namespaces.clear();
        return taken;
    }
}
