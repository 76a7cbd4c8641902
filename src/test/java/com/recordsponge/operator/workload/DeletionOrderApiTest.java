package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.UniqueName;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import com.recordsponge.operator.support.TestControllers;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** In a foreground deletion, pods go before what they need; with Kubernetes' real garbage collector. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class DeletionOrderApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: deletion.example.org
      database: {host: 10.42.0.1, name: deletion, credentialsSecretRef: {name: credentials}}
      """;

    /** Stands for the requests that a pod finishes before it is gone. */
    private static final String TERMINATING = "recordsponge.com/test-terminating";

    private static TestControllers controllers;

    @BeforeAll
    static void startControllers() throws IOException {
        SERVER.installTraefik();
        controllers = new TestControllers(
                SERVER, "deployment-controller", "replicaset-controller", "garbage-collector-controller");
    }

    @AfterAll
    static void stopControllers() {
        controllers.close();
    }

    /** The garbage collector's workers race with each other. */
    @RepeatedTest(5)
    void podsGoBeforeWhatTheyNeed() {
        credentials("credentials", "password");
        apply("site", SPEC);
        eventually(() -> {
            assertThat(pods()).hasSize(1);
            assertThat(owners(Deployment.class)).containsExactlyInAnyOrder("RecordSpongeEnvironment", "NetworkPolicy");
            assertThat(owners(NetworkPolicy.class)).containsExactlyInAnyOrder("RecordSpongeEnvironment", "Service");
            assertThat(owners(Service.class)).containsExactlyInAnyOrder("RecordSpongeEnvironment", "EndpointSlice");
        });
        pods().forEach(pod -> edit(pod, edited -> {
            edited.getMetadata().setFinalizers(List.of(TERMINATING));
            return edited;
        }));

        child(RecordSpongeEnvironment.class, "site")
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .withTimeoutInMillis(0)
                .delete();
        eventually(() -> assertThat(pods())
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getDeletionTimestamp()).isNotNull()));
        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(needed()).hasSize(4));

        pods().forEach(pod -> edit(pod, edited -> {
            edited.getMetadata().setFinalizers(List.of());
            return edited;
        }));
        eventually(() -> assertThat(needed()).isEmpty());
    }

    private List<Pod> pods() {
        return client().pods().inNamespace(namespace).list().getItems();
    }

    private List<String> owners(Class<? extends HasMetadata> type) {
        return needed(type)
                .flatMap(object -> object.getMetadata().getOwnerReferences().stream())
                .map(OwnerReference::getKind)
                .toList();
    }

    private List<? extends HasMetadata> needed() {
        return Stream.of(RecordSpongeEnvironment.class, NetworkPolicy.class, Service.class, EndpointSlice.class)
                .flatMap(this::needed)
                .toList();
    }

    /** The objects of a kind, but not the Service and EndpointSlice with which visitors reach the pods. */
    private Stream<? extends HasMetadata> needed(Class<? extends HasMetadata> type) {
        return client().resources(type).inNamespace(namespace).list().getItems().stream()
                .filter(object -> !List.of("Service", "EndpointSlice").contains(object.getKind())
                        || UniqueName.isVersion(object.getMetadata().getName(), "site", "-db"));
    }
}
