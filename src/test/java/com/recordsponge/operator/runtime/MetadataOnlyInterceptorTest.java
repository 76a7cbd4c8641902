package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are for metadata only. */
class MetadataOnlyInterceptorTest {

    private static String accept(String uri) {
        var builder = new StandardHttpRequest.Builder().uri(URI.create("https://kubernetes" + uri));
        new MetadataOnlyInterceptor().before(builder, builder.build(), null);
        return builder.build().header("Accept");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/secrets, List",
        "/api/v1/configmaps?limit=500, List",
        "/api/v1/namespaces/sites/secrets?limit=500, List",
        "/api/v1/namespaces/secrets/secrets, List",
        "/api/v1/namespaces/configmaps/configmaps, List",
        "/proxy/api/v1/namespaces/sites/configmaps, List",
        "/api/v1/namespaces/sites/secrets?resourceVersion=1&watch=true, ''"
    })
    void collectionsAreForMetadata(String uri, String kind) {
        assertThat(accept(uri))
                .isEqualTo("application/json;as=PartialObjectMetadata%s;g=meta.k8s.io;v=v1".formatted(kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces/sites/secrets/secrets",
                "/api/v1/namespaces/sites/secrets/configmaps",
                "/api/v1/namespaces/sites/configmaps/configmaps",
                "/api/v1/namespaces/sites/configmaps/secrets",
                "/api/v1/namespaces/secrets/secrets/secrets",
                "/api/v1/namespaces/sites/services/secrets",
                "/api/v1/namespaces/secrets",
                "/apis/apps/v1/namespaces/sites/deployments/secrets",
                "/apis/recordsponge.com/v1/namespaces/sites/recordspongeenvironments/configmaps"
            })
    void anObjectWithTheNameOfAKindIsReadInFull(String uri) {
        assertThat(accept(uri)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces/sites/secrets?labelSelector=a%3Db",
                "/api/v1/secrets?labelSelector=a%3Db&watch=true"
            })
    void ownedObjectsAreReadInFull(String uri) {
        assertThat(accept(uri)).isNull();
    }
}
