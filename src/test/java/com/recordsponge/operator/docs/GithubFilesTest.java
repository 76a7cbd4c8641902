package com.recordsponge.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** GitHub reports mistakes in these files only after a push to the main branch, or never. */
class GithubFilesTest {

    private static final Path FOLDER = Path.of(".github");

    @Test
    void actionlintAcceptsTheWorkflows() throws IOException {
        var actionlint = ClusterParts.actionlint().resolve("actionlint").toString();
        assertThat(Command.run(Stream.concat(
                                Stream.of(actionlint), workflows().stream().map(Path::toString))
                        .toArray(String[]::new)))
                .isEmpty();
    }

    /** A tag can be moved to other code; a commit cannot. */
    @Test
    void workflowsPinEveryActionToACommit() throws IOException {
        for (var workflow : workflows()) {
            assertThat(Files.readAllLines(workflow))
                    .filteredOn(line -> line.contains("uses:"))
                    .allMatch(line -> line.matches(".*uses: [-\\w]+/[-\\w]+@[0-9a-f]{40} # v[0-9.]+"));
        }
    }

    @Test
    void workflowsCannotWriteToTheRepository() throws IOException {
        for (var workflow : workflows()) {
            assertThat(read(workflow).get("permissions")).hasToString("{\"contents\":\"read\"}");
        }
    }

    @Test
    void dependabotUpdatesQuarkusSeparately() throws IOException {
        var updates = read(FOLDER.resolve("dependabot.yml")).get("updates");
        assertThat(updates.valueStream()
                        .map(update -> update.get("package-ecosystem").asText()))
                .containsExactlyInAnyOrder("maven", "gomod", "github-actions");
        var maven = updates.valueStream()
                .filter(update -> update.get("package-ecosystem").asText().equals("maven"))
                .findFirst()
                .orElseThrow();
        assertThat(maven.at("/groups/quarkus/patterns")).isEqualTo(maven.at("/groups/others/exclude-patterns"));
    }

    @Test
    void theBugFormRequiresVersionsAndLogs() throws IOException {
        var fields = read(FOLDER.resolve("ISSUE_TEMPLATE/bug.yaml"))
                .get("body")
                .valueStream()
                .filter(field -> !field.get("type").asText().equals("markdown"))
                .toList();
        assertThat(fields).allSatisfy(field -> {
            assertThat(field.get("type").asText()).isIn("input", "textarea", "dropdown", "checkboxes");
            assertThat(field.at("/attributes/label").asText()).isNotBlank();
        });
        assertThat(fields.stream().map(field -> field.get("id").asText())).doesNotHaveDuplicates();
        assertThat(fields)
                .filteredOn(field -> field.at("/validations/required").asBoolean())
                .extracting(field -> field.get("id").asText())
                .contains("describe", "logs", "operator-version", "kubernetes-version");
    }

    /** Otherwise a release would install an image of another version. */
    @Test
    void theChartHasTheVersionOfTheCode() throws IOException {
        var chart = read(Path.of("deploy/helm/recordsponge-operator/Chart.yaml"));
        var version = Files.readString(Path.of("pom.xml"))
                .replaceFirst("(?s).*?<version>([0-9.]+)(-SNAPSHOT)?</version>.*", "$1");
        assertThat(List.of(
                        chart.get("version").asText(), chart.get("appVersion").asText()))
                .containsOnly(version);
    }

    private static List<Path> workflows() throws IOException {
        try (var own = Files.list(FOLDER.resolve("workflows"));
                var forTheApplication = Files.list(Path.of("deploy/ci"))) {
            return Stream.concat(own, forTheApplication)
                    .filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return Serialization.yamlMapper().readTree(Files.readString(file));
    }
}
