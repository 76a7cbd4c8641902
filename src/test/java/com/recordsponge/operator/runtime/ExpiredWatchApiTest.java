package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An informer lists again when its watch ends. A watch that does not end leaves the operator blind. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class ExpiredWatchApiTest extends ApiTest {

    private static final String EXPIRED = "1";

    @Inject
    KubernetesClient operatorsClient;

    @Test
    void aWatchOfAnExpiredResourceVersionEnds() throws Exception {
        var ended = new CompletableFuture<WatcherException>();
        var expired = new ListOptionsBuilder().withResourceVersion(EXPIRED).build();

        try (var _ = operatorsClient
                .resources(RecordSpongeEnvironment.class)
                .inAnyNamespace()
                .watch(expired, new EndOfWatch(ended))) {
            assertThat(ended.get(60, TimeUnit.SECONDS).isHttpGone()).isTrue();
        }
    }

    private record EndOfWatch(CompletableFuture<WatcherException> ended) implements Watcher<RecordSpongeEnvironment> {

        @Override
        public void eventReceived(Action action, RecordSpongeEnvironment environment) {
            // Only the end matters.
        }

        @Override
        public void onClose(WatcherException cause) {
            ended.complete(cause);
        }
    }
}
