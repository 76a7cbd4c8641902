package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What Argo CD deletes, and what remains. */
class GitOpsDeletionClusterTest extends GitOpsTest {

    GitOpsDeletionClusterTest() {
        super("deletion");
    }

    @Test
    @Order(1)
    void whatLeavesGitIsPruned() throws IOException {
        var other = environment("gitops-other");
        repository.write("site/other.yaml", manifest(other, "staging", ""));
        application.awaitCommit(repository.push(), "Healthy");
        assertThat(other.resource().get()).isNotNull();

        application.notice(repository.remove("site/other.yaml").push());
        eventually(() -> {
            assertThat(other.resource().get()).isNull();
            assertThat(other.pods()).isEmpty();
        });
        application.await("Synced", "Healthy");
    }

    @Test
    @Order(2)
    void pruningCanWaitForAConfirmation() throws IOException {
        var prod = environment("gitops-prod");
        repository.write("site/prod.yaml", confirmed(manifest(prod, "prod", "")));
        application.awaitCommit(repository.push(), "Healthy");
        application.notice(repository.remove("site/prod.yaml").push());
        eventually(() -> assertThat(application.operationMessage()).startsWith("Waiting for pruning confirmation"));
        eventually(
                () -> assertThat(prod.site().getOverHttp("/api/hello").status()).isEqualTo(200));

        argo.cli("app", "confirm-deletion", application.name());
        eventually(() -> assertThat(prod.resource().get()).isNull());
        application.await("Synced", "Healthy");
    }

    @Test
    @Order(3)
    void aCascadingDeletionCanWaitForAConfirmation() throws IOException {
        application.awaitCommit(
                repository.write(FILE, confirmed(manifest(site, "staging", ""))).push(), "Healthy");
        application.resource().delete();

        eventually(() -> assertThat(argo.controllerLog())
                .content()
                .contains(" %s} requires manual confirmation to delete".formatted(site.name())));
        assertThat(site.site().getOverHttp("/api/hello").status()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void aConfirmedDeletionKeepsWhatOutlivesTheEnvironment() throws IOException {
        argo.cli("app", "confirm-deletion", application.name());
        eventually(() -> assertThat(application.resource().get()).isNull());

        eventually(() -> {
            assertThat(cluster.client()
                            .resources(RecordSpongeEnvironment.class)
                            .inNamespace(cluster.namespace())
                            .withName(site.name())
                            .get())
                    .isNull();
            assertThat(ChildObjects.all(site)).containsExactly("Secret/" + site.name() + "-session-key");
        });
        assertThat(site.child(Secret.class, site.name() + "-session-key").get()).isNotNull();
    }

    /** As the example of deploy/argocd protects prod. */
    private static String confirmed(String manifest) {
        return manifest.replace(
                "}\nspec:",
                ", annotations: {argocd.argoproj.io/sync-options: \"Prune=confirm,Delete=confirm\"}}\nspec:");
    }
}
