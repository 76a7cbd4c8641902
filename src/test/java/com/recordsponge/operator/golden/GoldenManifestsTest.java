package com.recordsponge.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.ReferencedData;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.support.Golden;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The objects of each example. No API server has filled in the schema's defaults. */
class GoldenManifestsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    /** The data of every Secret except those of basic authentication, which cannot contain other keys. */
    private static final Map<String, byte[]> SECRET = Stream.of("username", "password", "ca.crt")
            .collect(Collectors.toMap(Function.identity(), key -> ("fake-" + key).getBytes(StandardCharsets.UTF_8)));

    private static final Map<String, byte[]> USERS =
            Map.of("users", "name:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=".getBytes(StandardCharsets.UTF_8));

    /** The examples of the development cluster, and examples of features that it does not use. */
    static List<Path> examples() throws IOException {
        var examples = new ArrayList<Path>();
        for (var folder : List.of("k8s-dev/examples", "src/test/resources/examples")) {
            try (var files = Files.list(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".yaml")).forEach(examples::add);
            }
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleMatchesItsGoldenFile(Path example) throws IOException {
        var plan = plan(example);
        assertThat(plan.blockers()).isEmpty();
        Golden.assertMatches(GOLDEN.resolve(example.getFileName()), Manifests.yaml(Manifests.of(plan)));
    }

    /** Copied tracking labels and annotations would make other tools prune the objects. */
    @ParameterizedTest
    @MethodSource("examples")
    void labelsAndAnnotationsAreNotCopied(Path example) throws IOException {
        var environment = read(example);
        environment.getMetadata().setLabels(Map.of("app.kubernetes.io/instance", "of-another-tool"));
        environment.getMetadata().setAnnotations(Map.of("argocd.argoproj.io/tracking-id", "of-another-tool"));
        assertThat(Manifests.yaml(Manifests.of(plan(environment)))).doesNotContain("of-another-tool");
    }

    private static EnvironmentPlan plan(Path example) throws IOException {
        return plan(read(example));
    }

    private static RecordSpongeEnvironment read(Path example) throws IOException {
        var environment = Serialization.unmarshal(Files.readString(example), RecordSpongeEnvironment.class);
        environment.getMetadata().setUid("uid-of-" + environment.getMetadata().getName());
        return environment;
    }

    private static EnvironmentPlan plan(RecordSpongeEnvironment environment) {
        var input = EnvironmentFixture.input(
                environment,
                reference -> Optional.of(
                        new ReferencedData(reference.name().endsWith("-users") ? USERS : SECRET, Optional.empty())),
                EnvironmentFixture.K3S,
                Map.of());
        return EnvironmentFixture.plan(input, "10.42.0.1");
    }
}
