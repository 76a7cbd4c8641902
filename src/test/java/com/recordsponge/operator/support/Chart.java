package com.recordsponge.operator.support;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Renders and installs the operator's chart with helm. */
public final class Chart {

    public static final String FOLDER = "deploy/helm/recordsponge-operator";

    private Chart() {}

    /** The objects of a release; options are those of {@code helm template}. */
    public static List<GenericKubernetesResource> render(String release, String namespace, String... options)
            throws IOException {
        return objects(yaml(release, namespace, options));
    }

    private static List<GenericKubernetesResource> objects(String yaml) {
        return Stream.of(yaml.split("(?m)^---$"))
                .filter(document -> document.contains("kind: "))
                .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                .toList();
    }

    /** The objects of a release as the YAML that helm prints. */
    public static String yaml(String release, String namespace, String... options) throws IOException {
        return yamlOf(Path.of(FOLDER), release, namespace, options);
    }

    /** The same for another chart: a folder or an archive. */
    public static String yamlOf(Path chart, String release, String namespace, String... options) throws IOException {
        return Command.run(command(
                Stream.of(
                        "template",
                        release,
                        chart.toString(),
                        "--namespace",
                        namespace,
                        "--kube-version",
                        TestApiServer.VERSION),
                options));
    }

    /** Applies the objects of a release except for the CRD, and returns them. */
    public static List<GenericKubernetesResource> apply(
            TestApiServer server, String release, String namespace, String... options) throws IOException {
        var all = Stream.concat(Stream.of(options), Stream.of("--set", "crds.install=false"))
                .toArray(String[]::new);
        var file = Files.createTempFile(Path.of("target"), release, ".yaml");
        var yaml = yaml(release, namespace, all);
        Files.writeString(file, yaml);
        server.kubectl("apply", "--server-side", "--filename", file.toString());
        return objects(yaml);
    }

    /** Runs helm with an API server; returns its output, or fails with it. */
    public static String helm(TestApiServer server, String... arguments) throws IOException {
        return Command.runWithErrors(
                Map.of("KUBECONFIG", server.kubeconfig().toString()), command(Stream.of(), arguments));
    }

    private static String[] command(Stream<String> first, String... rest) throws IOException {
        var helm = Stream.of(ClusterParts.helm().resolve("helm").toString());
        return Stream.concat(Stream.concat(helm, first), Stream.of(rest)).toArray(String[]::new);
    }
}
