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

/** Runs cyclonus, which evaluates NetworkPolicies without sending a packet. */
final class Cyclonus {

    private static final Pattern VERDICT = Pattern.compile("IS ALLOWED\\?\\s*\\|\\s*(TRUE|FALSE)");

    private Cyclonus() {}

    /** Whether the policies in the cluster allow each connection. */
    static Map<Traffic, Boolean> withPoliciesOf(TestCluster cluster, List<Traffic> traffic) throws IOException {
        return analyze(cluster, traffic, "--all-namespaces");
    }

    /** Whether each connection is allowed without any policy. */
    static Map<Traffic, Boolean> withoutPolicies(TestCluster cluster, List<Traffic> traffic) throws IOException {
        return analyze(cluster, traffic);
    }

    private static Map<Traffic, Boolean> analyze(TestCluster cluster, List<Traffic> traffic, String... options)
            throws IOException {
        var file = Files.createTempFile("traffic", ".json");
        try {
            Files.writeString(
                    file,
                    Serialization.asJson(traffic.stream().map(Cyclonus::query).toList()));
            var output = Command.run(
                    cluster.kubectlEnvironment(),
                    Stream.concat(
                                    Stream.of(program(), "analyze", "--mode=query-traffic", "--traffic-path=" + file),
                                    Stream.of(options))
                            .toArray(String[]::new));
            return verdicts(traffic, output);
        } finally {
            Files.delete(file);
        }
    }

    private static String program() throws IOException {
        return ClusterParts.cyclonus().resolve("cyclonus").toString();
    }

    private static Map<Traffic, Boolean> verdicts(List<Traffic> traffic, String output) {
        var found = new ArrayList<Boolean>();
        VERDICT.matcher(output)
                .results()
                .forEach(verdict -> found.add(verdict.group(1).equals("TRUE")));
        assertThat(found).as("verdicts in:%n%s", output).hasSameSizeAs(traffic);
        var verdicts = new LinkedHashMap<Traffic, Boolean>();
        traffic.forEach(connection -> verdicts.put(connection, found.get(verdicts.size())));
        assertThat(verdicts).as("duplicate connections").hasSameSizeAs(traffic);
        return verdicts;
    }

    private static Map<String, Object> query(Traffic connection) {
        return Map.of(
                "Source", peer(connection.from()),
                "Destination", peer(connection.to()),
                "Protocol", connection.protocol(),
                "ResolvedPort", connection.port());
    }

    private static Map<String, Object> peer(Traffic.Peer end) {
        var peer = new HashMap<String, Object>(Map.of("IP", end.ip()));
        if (end.namespace() != null) {
            peer.put(
                    "Internal",
                    Map.of(
                            "Namespace", end.namespace(),
                            "NamespaceLabels", end.namespaceLabels(),
                            "PodLabels", end.labels()));
        }
        return peer;
    }
}
