package com.recordsponge.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.support.Edits;
import com.recordsponge.operator.support.TestApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods of the golden files meet the Pod Security Standard "restricted". */
class PodSecurityApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();
    private static final String NAMESPACE = "restricted";

    @BeforeAll
    static void enforceRestricted() {
        SERVER.namespace(NAMESPACE);
        Edits.edit(
                SERVER.client(),
                SERVER.client().namespaces().withName(NAMESPACE).get(),
                namespace -> namespace
                        .edit()
                        .editMetadata()
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .addToLabels("pod-security.kubernetes.io/enforce-version", "latest")
                        .endMetadata()
                        .build());
    }

    static List<Path> goldenFiles() throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/golden"))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void theApiServerAdmitsThePodsOfEveryExample(Path golden) throws IOException {
        assertThat(pods(golden)).isNotEmpty().allSatisfy(pod -> assertThatCode(() -> admit(pod))
                .doesNotThrowAnyException());
    }

    @Test
    void theApiServerRefusesPrivilegeEscalation() throws IOException {
        var pod = pods(goldenFiles().getFirst()).getFirst();
        pod.getSpec().getContainers().getFirst().getSecurityContext().setAllowPrivilegeEscalation(true);
        assertThatThrownBy(() -> admit(pod)).hasMessageContaining("violates PodSecurity \"restricted:latest\"");
    }

    private static void admit(Pod pod) {
        SERVER.client().resource(pod).dryRun().create();
    }

    private static List<Pod> pods(Path golden) throws IOException {
        return Arrays.stream(Files.readString(golden).split("(?m)^---\n"))
                .filter(document -> document.contains("kind: \"Deployment\""))
                .map(document -> Serialization.unmarshal(document, Deployment.class))
                .map(deployment -> new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("pod")
                        .endMetadata()
                        .withSpec(deployment.getSpec().getTemplate().getSpec())
                        .build())
                .toList();
    }
}
