package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what traffic NetworkPolicies allow, by their meaning: no packet is sent. */
final class Cyclonus {

    private static final Pattern VERDICT = Pattern.compile("IS ALLOWED\\?\\s*\\|\\s*(TRUE|FALSE)");

    private Cyclonus() {}

    /** Whether each is allowed by the policies as they stand in the cluster. */
    static Map<Traffic, Boolean> underThePoliciesOf(TestCluster cluster, List<Traffic> table) throws IOException {
        return analyze(cluster, table, "--all-namespaces");
    }

    /** Whether each is allowed where there are no policies. */
    static Map<Traffic, Boolean> withoutPolicies(TestCluster cluster, List<Traffic> table) throws IOException {
        return analyze(cluster, table);
    }

    private static Map<Traffic, Boolean> analyze(TestCluster cluster, List<Traffic> table, String... options)
            throws IOException {
        var file = Files.createTempFile("traffic", ".json");
        try {
            Files.writeString(
                    file,
                    Serialization.asJson(table.stream().map(Cyclonus::query).toList()));
            var output = Command.run(
                    cluster.kubectlEnvironment(),
                    Stream.concat(
                                    Stream.of(program(), "analyze", "--mode=query-traffic", "--traffic-path=" + file),
                                    Stream.of(options))
                            .toArray(String[]::new));
            return verdicts(table, output);
        } finally {
            Files.delete(file);
        }
    }

    private static String program() throws IOException {
        return ClusterParts.cyclonus().resolve("cyclonus").toString();
    }

    private static Map<Traffic, Boolean> verdicts(List<Traffic> table, String output) {
        var found = new ArrayList<Boolean>();
        VERDICT.matcher(output)
                .results()
                .forEach(verdict -> found.add(verdict.group(1).equals("TRUE")));
        assertThat(found).as("answers in:%n%s", output).hasSameSizeAs(table);
        var verdicts = new LinkedHashMap<Traffic, Boolean>();
        table.forEach(traffic -> verdicts.put(traffic, found.get(verdicts.size())));
        assertThat(verdicts).as("rows that are there twice").hasSameSizeAs(table);
        return verdicts;
    }

    private static Map<String, Object> query(Traffic traffic) {
        return Map.of(
                "Source", end(traffic.from()),
                "Destination", end(traffic.to()),
                "Protocol", traffic.protocol(),
                "ResolvedPort", traffic.port());
    }

    private static Map<String, Object> end(Traffic.Peer peer) {
        var end = new HashMap<String, Object>(Map.of("IP", peer.ip()));
        if (peer.namespace() != null) {
            end.put(
                    "Internal",
                    Map.of(
                            "Namespace", peer.namespace(),
                            "NamespaceLabels", peer.namespaceLabels(),
                            "PodLabels", peer.labels()));
        }
        return end;
    }
}
