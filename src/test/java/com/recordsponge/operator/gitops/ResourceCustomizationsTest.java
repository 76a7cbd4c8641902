package com.recordsponge.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.recordsponge.operator.gitops.CustomizationTests.ActionTest;
import com.recordsponge.operator.gitops.CustomizationTests.DiscoveryTest;
import com.recordsponge.operator.gitops.CustomizationTests.HealthTest;
import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the test files of deploy/argocd, in the format of Argo CD's repository, with Argo CD's own engine. */
class ResourceCustomizationsTest {

    static List<HealthTest> healthTests() throws IOException {
        return CustomizationTests.health();
    }

    static List<DiscoveryTest> discoveryTests() throws IOException {
        return CustomizationTests.actions().discoveryTests();
    }

    static List<ActionTest> actionTests() throws IOException {
        return CustomizationTests.actions().actionTests();
    }

    @Test
    void everyHealthIsTheExpectedOne() throws IOException {
        var tests = healthTests();
        var files = tests.stream()
                .map(test -> ArgoCdConfig.SCRIPTS.resolve(test.inputPath()))
                .toList();

        assertThat(ResourceHealth.of(files))
                .extracting(ResourceHealth::file, ResourceHealth::argocd)
                .containsExactlyElementsOf(tests.stream()
                        .map(test -> tuple(ArgoCdConfig.SCRIPTS.resolve(test.inputPath()), test.healthStatus()))
                        .toList());
    }

    @Test
    void everyActionHasATest() throws IOException {
        assertThat(actionTests()).extracting(ActionTest::action).containsAll(ArgoCdConfig.actionNames());
    }

    @ParameterizedTest
    @MethodSource("discoveryTests")
    void actionsAreOfferedWhenTheyApply(DiscoveryTest test) throws IOException {
        var offered = argocd("list-actions", test.inputPath())
                .lines()
                .skip(1)
                .map(line -> line.split("\\s+"))
                .collect(Collectors.toMap(words -> words[0], words -> Boolean.parseBoolean(words[1])));

        assertThat(offered)
                .isEqualTo(test.result().stream()
                        .collect(Collectors.toMap(
                                CustomizationTests.Action::name, CustomizationTests.Action::disabled)));
    }

    @ParameterizedTest
    @MethodSource("actionTests")
    void anActionChangesOnlyItsAnnotation(ActionTest test) throws IOException {
        var options = Stream.concat(
                Stream.of(test.action()),
                test.parametersOrNone().entrySet().stream()
                        .flatMap(parameter -> Stream.of("--param", parameter.getKey() + "=" + parameter.getValue())));
        if (test.expectedErrorMessage() != null) {
            assertThatThrownBy(() -> argocd("run-action", test.inputPath(), options.toArray(String[]::new)))
                    .hasMessageContaining(test.expectedErrorMessage());
            return;
        }
        var changed = argocd("run-action", test.inputPath(), options.toArray(String[]::new))
                .lines()
                .filter(line -> line.startsWith("<") || line.startsWith(">"))
                .filter(line -> !line.contains("annotations:"))
                .map(line -> line.replaceAll("\\s+", " ").replace("\"", ""))
                .toList();

        assertThat(changed)
                .containsExactlyInAnyOrderElementsOf(
                        difference(annotations(test.inputPath()), annotations(test.expectedOutputPath())));
    }

    private static List<String> difference(Map<String, String> before, Map<String, String> after) {
        return Stream.concat(lines("<", before, after), lines(">", after, before))
                .toList();
    }

    private static Stream<String> lines(String sign, Map<String, String> of, Map<String, String> without) {
        return of.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(without.get(entry.getKey())))
                .map(entry -> "%s %s: %s".formatted(sign, entry.getKey(), entry.getValue()));
    }

    private static Map<String, String> annotations(String path) throws IOException {
        return new TreeMap<>(Serialization.unmarshal(Files.readString(input(path)), GenericKubernetesResource.class)
                .getMetadata()
                .getAnnotations());
    }

    private static Path input(String path) {
        return ArgoCdConfig.SCRIPTS.resolve("actions").resolve(path);
    }

    private static String argocd(String command, String path, String... options) throws IOException {
        var arguments = Stream.of(
                ClusterParts.argoCd().resolve("argocd").toString(),
                "admin",
                "settings",
                "resource-overrides",
                command,
                input(path).toString());
        return Command.runWithErrors(
                Map.of(),
                Stream.of(
                                arguments,
                                Stream.of(options),
                                Stream.of(
                                        "--loglevel", "error", "--argocd-cm-path", ArgoCdConfig.CONFIG_MAP.toString()))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }
}
