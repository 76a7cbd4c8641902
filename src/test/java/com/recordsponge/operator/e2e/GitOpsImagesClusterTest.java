package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Both ways in which people set an image with kustomize, with an image of a registry that has a port. */
@TestMethodOrder(OrderAnnotation.class)
class GitOpsImagesClusterTest extends ClusterTest {

    private static final Path CONFIGURATION =
            Path.of("deploy/argocd/example/environments/staging/kustomizeconfig.yaml");
    private static final String IMAGE = "recordsponge/expungeservice";
    private static final String REGISTRY = "127.0.0.1:5000/";

    private final TestEnvironment site = environment("gitops-images");
    private ArgoCd argo;
    private GitRepository repository;
    private ArgoApplication application;

    @BeforeAll
    void pushTheSite() throws IOException {
        argo = ArgoCd.get();
        repository = argo.repository("images");
        repository.write("kustomizeconfig.yaml", Files.readString(CONFIGURATION));
        repository.write("kustomization.yaml", """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [environment.yaml]
                configurations: [kustomizeconfig.yaml]
                """);
        repository
                .write("environment.yaml", """
                apiVersion: recordsponge.com/v1
                kind: RecordSpongeEnvironment
                metadata: {name: %s}
                spec:
                  tier: staging
                  image: %s:staging
                  host: %s
                """.formatted(site.name(), IMAGE, site.host()))
                .push();
        application = argo.application("images", repository, ".");
        application.await("Synced", "Healthy");
    }

    @AfterAll
    void deleteTheApplication() {
        application.orphan();
    }

    @Test
    @Order(1)
    void anImageSetInGitReachesThePods() throws IOException {
        Command.run(
                "env",
                "--chdir=" + repository.checkout(),
                ClusterParts.argoCd().resolve("kustomize").toString(),
                "edit",
                "set",
                "image",
                "%s=%s%s:prod".formatted(IMAGE, REGISTRY, IMAGE));
        application.awaitCommit(repository.push(), "Healthy");

        assertThat(site.resource().get().getSpec().image()).isEqualTo(REGISTRY + IMAGE + ":prod");
        assertThat(build()).startsWith("prod-");
    }

    @Test
    @Order(2)
    void anImageSetInTheApplicationReachesThePods() throws IOException {
        var image = REGISTRY + IMAGE + ":staging";
        argo.cli("app", "set", application.name(), "--kustomize-image", IMAGE + "=" + image);
        eventually(() -> assertThat(site.resource().get().getSpec().image()).isEqualTo(image));
        application.await("Synced", "Healthy");

        eventually(() -> assertThat(build()).startsWith("staging-"));
        assertThat(site.resource().get().getSpec().image()).isEqualTo(image);
    }

    private String build() {
        return site.site().getOverHttp("/api/whoami").json().path("build").asText();
    }
}
