package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Edits of a deployed site, by people and by actions. */
class GitOpsSelfHealClusterTest extends GitOpsTest {

    GitOpsSelfHealClusterTest() {
        super("self-heal");
    }

    @Test
    @Order(1)
    void selfHealRevertsAnEditThatGitDoesNotHave() {
        cluster.kubectl("scale", "recordsponge/" + site.name(), "--replicas=2");
        eventually(() -> assertThat(site.resource().get().getSpec().replicas()).isEqualTo(1));
        application.await("Synced", "Healthy");
    }

    @Test
    @Order(2)
    void selfHealKeepsTheAnnotationsOfActions() throws IOException {
        run("restart");
        var restart = site.resource().get().getMetadata().getAnnotations().get("recordsponge.com/restart");
        assertThat(restart).isNotNull();

        application.refresh();
        application.await("Synced", "Healthy");
        assertThat(site.resource().get().getMetadata().getAnnotations())
                .containsEntry("recordsponge.com/restart", restart);
    }

    @Test
    @Order(3)
    void anActionSuspendsAndResumesTheSite() throws IOException {
        run("suspend");
        application.await("Synced", "Suspended");
        eventually(() -> assertThat(site.pods()).isEmpty());
        application.refresh();
        application.await("Synced", "Suspended");

        run("resume");
        application.await("Synced", "Healthy");
        assertThat(site.resource().get().getMetadata().getAnnotations()).doesNotContainKey("recordsponge.com/suspend");
    }

    private void run(String action) throws IOException {
        argo.cli("app", "actions", "run", application.name(), action, "--kind", "RecordSpongeEnvironment");
    }
}
