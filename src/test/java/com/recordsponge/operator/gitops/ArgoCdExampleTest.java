package com.recordsponge.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Applications of the example repository. */
class ArgoCdExampleTest {

    private static final Path EXAMPLE = Path.of("deploy/argocd/example");

    static Stream<Path> applications() throws IOException {
        try (var apps = Files.list(EXAMPLE.resolve("apps"))) {
            return Stream.concat(Stream.of(EXAMPLE.resolve("root.yaml")), apps.sorted().toList().stream());
        }
    }

    /** Argo CD never repeats a sync whose retries have ended: prod would not follow a staging that recovers later. */
    @ParameterizedTest
    @MethodSource("applications")
    void aFailedSyncIsRetriedWithoutEnd(Path file) throws IOException {
        var application = Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
        assertThat(application.<Integer>get("spec", "syncPolicy", "retry", "limit"))
                .isEqualTo(-1);
        assertThat(application.<Boolean>get("spec", "syncPolicy", "retry", "refresh"))
                .isTrue();
    }
}
