package com.recordsponge.operator.gitops;

import com.recordsponge.operator.gitops.ResourceHealth.State;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The test files of Argo CD's customizations, in the format of its repository. */
record CustomizationTests(List<HealthTest> tests) {

    record HealthTest(State healthStatus, String inputPath) {}

    record Actions(List<DiscoveryTest> discoveryTests, List<ActionTest> actionTests) {}

    record DiscoveryTest(String inputPath, List<Action> result) {}

    record Action(
            String name, String displayName, String iconClass, boolean disabled, List<Map<String, String>> params) {}

    record ActionTest(
            String action,
            String inputPath,
            String expectedOutputPath,
            String expectedErrorMessage,
            Map<String, String> parameters) {

        Map<String, String> parametersOrNone() {
            return Optional.ofNullable(parameters).orElse(Map.of());
        }
    }

    static List<HealthTest> health() throws IOException {
        return read("health_test.yaml", CustomizationTests.class).tests();
    }

    static Actions actions() throws IOException {
        return read("actions/action_test.yaml", Actions.class);
    }

    private static <T> T read(String file, Class<T> type) throws IOException {
        return Serialization.unmarshal(Files.readString(ArgoCdConfig.SCRIPTS.resolve(file)), type);
    }
}
