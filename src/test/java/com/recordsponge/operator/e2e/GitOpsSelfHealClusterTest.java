package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"restart", "retry", "hold"})
    @Order(2)
    void selfHealKeepsTheAnnotationOfAnAction(String action) throws IOException {
        run(action, site);
        var value = annotation(action);
        assertThat(value).isNotEmpty();

        application.refresh();
        application.await("Synced", "Healthy");
        assertThat(annotation(action)).isEqualTo(value);
    }

    @Test
    @Order(3)
    void anActionRemovesTheHold() throws IOException {
        run("unhold", site);
        application.refresh();
        application.await("Synced", "Healthy");
        assertThat(annotation("hold")).isEmpty();
    }

    @Test
    @Order(4)
    void anActionSuspendsAndResumesTheSite() throws IOException {
        run("suspend", site);
        application.await("Synced", "Suspended");
        eventually(() -> assertThat(site.pods()).isEmpty());
        application.refresh();
        application.await("Synced", "Suspended");

        run("resume", site);
        application.await("Synced", "Healthy");
        assertThat(annotation("suspend")).isEmpty();
    }

    private Optional<String> annotation(String name) {
        return Optional.ofNullable(site.resource().get().getMetadata().getAnnotations())
                .map(annotations -> annotations.get("recordsponge.com/" + name));
    }
}
