package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two sites in Git, of which one takes over the other's images. */
@ResourceLock(value = NodeRegistry.LOCK, mode = ResourceAccessMode.READ)
class GitOpsPromotionClusterTest extends GitOpsTest {

    private static final String PROMOTED_FILE = "site/promoted.yaml";

    private final TestEnvironment promoted = environment("gitops-promoted");

    GitOpsPromotionClusterTest() {
        super("promotion");
    }

    @Test
    @Order(1)
    void anActionApprovesAnImageAndSelfHealKeepsTheApproval() throws IOException {
        application.awaitCommit(pushPromoted(""), "Progressing");
        var digest = awaitCandidate();

        run("approve", promoted);
        application.await("Synced", "Healthy");
        application.refresh();
        application.await("Synced", "Healthy");
        assertThat(promoted.resource().get().getMetadata().getAnnotations())
                .containsEntry("recordsponge.com/approve", digest);
        assertThat(digest(promoted)).isEqualTo(digest);
    }

    private String awaitCandidate() {
        var digest = digest(site);
        eventually(() -> assertThat(promoted.resource()
                        .get()
                        .getStatus()
                        .release()
                        .candidate()
                        .digest())
                .isEqualTo(digest));
        return digest;
    }

    @Test
    @Order(2)
    void visitorsNoticeNothingOfAPromotion() throws IOException {
        application.awaitCommit(push("prod", ""), "Healthy");
        var digest = awaitCandidate();
        try (var probe = new AvailabilityProbe(promoted.site(), "/api/hello");
                var inProgress = new AvailabilityProbe(promoted.site(), "/api/slow?seconds=2")) {
            run("approve", promoted);
            eventually(() -> assertThat(promoted.pods()).allSatisfy(pod -> assertThat(
                            pod.getSpec().getContainers())
                    .allSatisfy(container -> assertThat(container.getImage()).endsWith(digest))));
            application.await("Synced", "Healthy");
            probe.assertAlwaysAvailable();
            inProgress.assertAlwaysAvailable();
        }
    }

    @Test
    @Order(3)
    void aRestoredSiteRunsTheSameImageAndNothingIsPromotedAgain() throws IOException {
        var digest = digest(promoted);
        push("staging", "");
        application.awaitCommit(pushPromoted(", rollbackTo: '%s'".formatted(digest)), "Healthy");

        application.orphan();
        List.of(site, promoted).forEach(environment -> environment.resource().delete());
        eventually(() -> assertThat(List.of(site, promoted))
                .allSatisfy(environment -> assertThat(environment.pods()).isEmpty()));
        application = argo.application("promotion", repository, "site");
        application.await("Synced", "Healthy");

        assertThat(digest(promoted)).isEqualTo(digest).isNotEqualTo(digest(site));
        assertThat(promoted.resource().get().getStatus().history())
                .as("one image since the cluster was restored")
                .hasSize(1);
    }

    private String pushPromoted(String release) throws IOException {
        return repository
                .write(PROMOTED_FILE, """
                        apiVersion: recordsponge.com/v1
                        kind: RecordSpongeEnvironment
                        metadata: {name: %s}
                        spec:
                          tier: staging
                          image: recordsponge/expungeservice
                          release: {policy: Promote, promoteFrom: {name: %s, soak: 24h}%s}
                          replicas: 1
                          host: %s
                          tls: {issuerRef: {name: recordsponge-ca}}
                        """.formatted(promoted.name(), site.name(), release, promoted.host()))
                .push();
    }

    private static String digest(TestEnvironment environment) {
        return environment.resource().get().getStatus().image().digest();
    }
}
