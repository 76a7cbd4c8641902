package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which namespaces the API server refused to let the operator read. */
class RefusedReadsTest {

    private static final String ENVIRONMENTS = "/apis/recordsponge.com/v1/%srecordspongeenvironments";

    private final RefusedReads reads = new RefusedReads();

    @Test
    @DisplayName("A refused list or watch is remembered with its namespace, once")
    void aRefusedReadIsRemembered() {
        answer("GET", ENVIRONMENTS.formatted("namespaces/sites/") + "?watch=true", 403);
        answer("GET", "/api/v1/namespaces/sites/secrets", 403);
        assertThat(reads.take()).containsExactly("sites");
        assertThat(reads.take()).isEmpty();
    }

    @Test
    @DisplayName("A refused list of all namespaces counts for all")
    void aRefusedListOfAllNamespacesCountsForAll() {
        answer("GET", ENVIRONMENTS.formatted(""), 403);
        assertThat(reads.take()).containsExactly(Constants.WATCH_ALL_NAMESPACES);
    }

    @ParameterizedTest
    @CsvSource({"GET, 200", "GET, 404", "GET, 410", "GET, 429", "GET, 500", "POST, 403", "PATCH, 403"})
    @DisplayName("Other answers, and writes that a quota refuses, are no reason to ask")
    void otherAnswersAreNoReasonToAsk(String method, int code) {
        answer(method, "/api/v1/namespaces/sites/secrets", code);
        assertThat(reads.take()).isEmpty();
    }

    private void answer(String method, String uri, int code) {
        var request = new StandardHttpRequest.Builder()
                .method(method, "application/json", null)
                .uri(URI.create("https://kubernetes" + uri))
                .build();
        reads.after(request, new Answer(request, code), null);
    }

    private record Answer(HttpRequest request, int code) implements HttpResponse<Void> {

        @Override
        public Void body() {
            return null;
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String key) {
            return List.of();
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }
}
