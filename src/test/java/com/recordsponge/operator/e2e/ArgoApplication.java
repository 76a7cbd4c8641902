package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Patience;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** An Application of Argo CD. */
record ArgoApplication(TestCluster cluster, String namespace, String name) {

    private static final String API = "argoproj.io/v1alpha1";

    static List<ArgoApplication> all(TestCluster cluster) {
        return cluster
                .client()
                .genericKubernetesResources(API, "Application")
                .inAnyNamespace()
                .list()
                .getItems()
                .stream()
                .map(application -> application.getMetadata())
                .map(metadata -> new ArgoApplication(cluster, metadata.getNamespace(), metadata.getName()))
                .toList();
    }

    Resource<GenericKubernetesResource> resource() {
        return cluster.client()
                .genericKubernetesResources(API, "Application")
                .inNamespace(namespace)
                .withName(name);
    }

    /** Waits until the Application has both, such as {@code Synced} and {@code Healthy}. */
    void await(String sync, String health) {
        ClusterTest.eventually(() -> assertThat(state()).as(description()).isEqualTo(sync + " " + health));
    }

    /** The same for a given commit. Argo CD can lose a webhook that arrives while it compares. */
    void awaitCommit(String commit, String health) {
        notice(commit);
        ClusterTest.eventually(() -> {
            assertThat(revision()).as(description()).isEqualTo(commit);
            assertThat(state()).as(description()).isEqualTo("Synced " + health);
        });
    }

    /** Waits until Argo CD has compared with a commit. */
    void notice(String commit) {
        if (!noticesWithoutRefresh(commit)) {
            refresh();
        }
    }

    /** Waits until it compares no more, so that it does not lose the next webhook. */
    void awaitNoRefresh(ArgoCd argo) {
        var refreshes = new AtomicLong();
        Patience.await("Argo CD compares no more")
                .atMost(Duration.ofMinutes(2))
                .during(Duration.ofSeconds(5))
                .until(() -> {
                    var count = argo.refreshes(this);
                    return refreshes.getAndSet(count) == count;
                });
    }

    private boolean noticesWithoutRefresh(String commit) {
        try {
            Patience.await().atMost(Duration.ofSeconds(10)).until(() -> commit.equals(revision()));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** The commit that Argo CD has compared with. */
    String revision() {
        return resource().get().get("status", "sync", "revision");
    }

    /** Sync status and health. */
    String state() {
        var application = resource().get();
        return application.get("status", "sync", "status") + " " + application.get("status", "health", "status");
    }

    /** The message of a resource's health. */
    String healthMessage(String kind) {
        List<Map<String, Object>> resources = resource().get().get("status", "resources");
        return Stream.ofNullable(resources)
                .flatMap(List::stream)
                .filter(deployed -> kind.equals(deployed.get("kind")) && deployed.get("health") != null)
                .map(deployed -> String.valueOf(((Map<?, ?>) deployed.get("health")).get("message")))
                .findFirst()
                .orElse("");
    }

    /** What the current or last sync does or waits for. */
    String operationMessage() {
        return Objects.toString(resource().get().get("status", "operationState", "message"), "");
    }

    private String description() {
        return "Application %s:%n%s"
                .formatted(name, Serialization.asYaml(resource().get().get("status")));
    }

    /** Compares with Git and the cluster now. */
    void refresh() {
        resource()
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"argocd.argoproj.io/refresh\": \"normal\"}}}");
        ClusterTest.eventually(() -> assertThat(resource().get().getMetadata().getAnnotations())
                .satisfiesAnyOf(annotations -> assertThat(annotations).isNull(), annotations -> assertThat(annotations)
                        .doesNotContainKey("argocd.argoproj.io/refresh")));
    }

    /** Deletes the Application with what it deployed, and waits until both are gone. */
    void deleteCascading() {
        resource().delete();
        ClusterTest.eventually(() -> assertThat(resource().get()).as(name).isNull());
    }

    /** Deletes the Application and keeps what it deployed. */
    void orphan() {
        if (resource().get() == null) {
            return;
        }
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
        resource().delete();
    }
}
