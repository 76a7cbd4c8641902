package com.recordsponge.operator.e2e;

import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The machine of the documentation's reader, in a folder: a copy of the checkout, and the folders of k3s and of the old
 * deployment. Names from the pages are replaced by names unique to this test run.
 */
final class DocsSandbox {

    /** Matches before the name of a namespace, in commands and in YAML. */
    private static final String NAMESPACE = "(?<=-n |--namespace[ =]|namespace[ :] ?|watchNamespaces(=|: )[{\\[])";

    /** Refuses writes to other namespaces, if the replacements have missed one. */
    private static final String GUARD = """
            #!/bin/sh
            case "$*" in
              create\\ *%1$s* | delete\\ *%1$s* | rollback\\ *%1$s* | uninstall\\ *%1$s* | upgrade\\ *%1$s*) ;;
              create\\ * | delete\\ * | rollback\\ * | uninstall\\ * | upgrade\\ *)
                echo "Not in %1$s: $*" >&2
                exit 1
                ;;
            esac
            """;

    private final Path root;
    private final Path checkout;
    private final TestCluster cluster;
    private final String namespace;
    private final Map<String, String> replacements = new LinkedHashMap<>();

    /** @param namespace the environments' namespace; the operator's has the suffix {@code -system} */
    DocsSandbox(Path root, TestCluster cluster, String namespace, String host, TestDatabase database)
            throws IOException {
        this.root = root;
        this.checkout = root.resolve("checkout");
        this.cluster = cluster;
        this.namespace = namespace;
        replacements.put("recordsponge-system", namespace + "-system");
        replacements.put(NAMESPACE + "recordsponge(?=[\\s}\\]])", namespace);
        replacements.put("(?m)(?<=^  name: )recordsponge$", namespace);
        replacements.put("(dev\\.recordsponge\\.com|staging\\.recordsponge\\.localhost)", host);
        replacements.put("record_expunge_staging", database.name());
        replacements.put("(?<=issuerRef: \\{name: )letsencrypt", "recordsponge-ca");
        replacements.put("/etc/(recordsponge|nginx)", root + "/etc/$1");
        replacements.put("/var/lib/rancher", root + "/var/lib/rancher");
        copy(Path.of("deploy"));
        copy(Path.of("k8s-dev"));
        writeOldDeploy(database);
        Files.createDirectories(root.resolve("var/lib/rancher/k3s/server/manifests"));
        writePrograms();
    }

    /** Replaces another name of the pages, in commands and in files that are adapted later. */
    void replace(String expression, String replacement) {
        replacements.put(expression, replacement);
    }

    /** Replaces the names in the files of a folder of the checkout. */
    void adapt(Path folder) throws IOException {
        try (var files = Files.walk(checkout.resolve(folder))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, adapted(Files.readString(file)));
            }
        }
    }

    /** Runs commands in the checkout, and returns their output. */
    String run(String commands) throws IOException {
        var environment = Map.of(
                "PATH", root.resolve("bin") + ":" + System.getenv("PATH"),
                "KUBECONFIG", checkout.resolve("k8s-dev/kubeconfig").toString(),
                "GIT_CONFIG_GLOBAL", root.resolve(".gitconfig").toString(),
                "CURL_HOME", root.toString());
        return Command.run(environment, "bash", "-euo", "pipefail", "-c", "cd " + checkout + "\n" + adapted(commands));
    }

    void save(String name, String text) throws IOException {
        Files.writeString(checkout.resolve(name), adapted(text));
    }

    /** The text with its names replaced. */
    String adapted(String text) {
        var result = text;
        for (var replacement : replacements.entrySet()) {
            result = result.replaceAll(replacement.getKey(), replacement.getValue());
        }
        return result;
    }

    private void copy(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var target = checkout.resolve(file);
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                if (file.startsWith("deploy/k3s") && file.toString().endsWith(".yaml")) {
                    Files.writeString(target, adapted(Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void writeOldDeploy(TestDatabase database) throws IOException {
        var environment =
                Files.createDirectories(root.resolve("etc/recordsponge")).resolve("staging.env");
        Files.writeString(environment, """
            # as docker-compose read it
            TIER=production
            SECRET_KEY=an-old-key
            PGHOST=172.17.0.1
            PGDATABASE=%1$s
            PGUSER=%1$s
            PGPASSWORD=%2$s
            LOG_LEVEL=info
            """.formatted(database.name(), database.password()));
        Files.writeString(
                Files.createDirectories(root.resolve("etc/nginx")).resolve(".htpasswd"),
                "access:$apr1$Rz0Xpl9O$qVAJZy5cfiLGLCvWtkGYR/\n");
    }

    /** Wraps kubectl, helm and curl for a shared cluster with local sites. */
    private void writePrograms() throws IOException {
        program("kubectl", "exec %s \"$@\"".formatted(ClusterParts.kubernetes().resolve("kubectl")));
        program("helm", """
            [ "$1" != upgrade ] || set -- "$@" --set crds.install=false --set-string image.tag=%s --values %s
            exec %s "$@"
            """.formatted(
                operatorTag(), NodeRegistries.values(), ClusterParts.helm().resolve("helm")));
        Files.writeString(root.resolve(".gitconfig"), """
            [user]
              name = reader
              email = reader@example.org
            [http]
              proxy =
            """);
        Files.writeString(
                root.resolve(".curlrc"), """
            noproxy = "*"
            cacert = "%s"
            connect-to = "::127.0.0.1:%d"
            fail
            retry = 30
            retry-delay = 1
            retry-all-errors
            """.formatted(cluster.authority().toAbsolutePath(), cluster.httpsPort()));
    }

    /** Adds a program to the PATH of the commands. */
    void program(String name, String commands) throws IOException {
        var file = Files.createDirectories(root.resolve("bin")).resolve(name);
        Files.writeString(file, GUARD.formatted(namespace) + commands);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The image tag of the operator under test. */
    private String operatorTag() {
        var image = operatorImage();
        return image.substring(image.lastIndexOf(':') + 1);
    }

    /** The image of the operator under test. */
    String operatorImage() {
        return TestCluster.podImage(cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.operatorNamespace())
                .withName("recordsponge-operator")
                .get());
    }
}
