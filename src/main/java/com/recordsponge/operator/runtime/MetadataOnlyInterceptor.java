package com.recordsponge.operator.runtime;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/**
 * Requests only the metadata when the operator lists or watches Secrets or ConfigMaps without a label selector: those
 * of users, which can be many and large.
 */
final class MetadataOnlyInterceptor implements Interceptor {

    static final String NAME = "metadata-only";

    private static final String ACCEPT = "application/json;as=PartialObjectMetadata%s;g=meta.k8s.io;v=v1";

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        var path = request.uri().getPath();
        var query = request.uri().getRawQuery();
        var collection = path.endsWith("/secrets") || path.endsWith("/configmaps");
        if ("GET".equals(request.method()) && collection && (query == null || !query.contains("labelSelector"))) {
            var watch = query != null && query.contains("watch=true");
            builder.setHeader("Accept", ACCEPT.formatted(watch ? "" : "List"));
        }
    }
}
