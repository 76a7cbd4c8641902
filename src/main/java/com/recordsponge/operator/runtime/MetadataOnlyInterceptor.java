package com.recordsponge.operator.runtime;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.regex.Pattern;

/**
 * Requests only the metadata when the operator lists or watches Secrets or ConfigMaps without a label selector: those
 * of users, which can be many and large.
 */
final class MetadataOnlyInterceptor implements Interceptor {

    static final String NAME = "metadata-only";

    private static final String ACCEPT = "application/json;as=PartialObjectMetadata%s;g=meta.k8s.io;v=v1";

    /**
     * The path of a collection, of a namespace or of all. An object, or a namespace, of the name {@code secrets} has one more
     * or one less element than these.
     */
    private static final Pattern COLLECTION = Pattern.compile(".*/api/v1(/namespaces/[^/]+)?/(secrets|configmaps)");

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        var query = request.uri().getRawQuery();
        var collection = COLLECTION.matcher(request.uri().getPath()).matches();
        if ("GET".equals(request.method()) && collection && (query == null || !query.contains("labelSelector"))) {
            var watch = query != null && query.contains("watch=true");
            builder.setHeader("Accept", ACCEPT.formatted(watch ? "" : "List"));
        }
    }
}
