package com.recordsponge.operator.e2e;

import com.recordsponge.operator.support.ClusterParts;
import java.io.IOException;
import java.nio.file.Path;

/** The machine of a reader of docs/gitops.md, with an empty repository on the Git server. */
final class GitOpsSandbox {

    /** Stands for Let's Encrypt, which the development cluster cannot reach. */
    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: recordsponge-ca}
            spec: {ca: {secretName: recordsponge-ca}}
            """;

    private GitOpsSandbox() {}

    /** @param namespace the environments' namespace; the operator's has the suffix {@code -system} */
    static DocsSandbox create(
            Path folder, TestCluster cluster, String namespace, GitRepository repository, Site staging, Site prod)
            throws IOException {
        var sandbox = new DocsSandbox(
                folder, cluster, namespace, staging.environment().host(), staging.database());
        sandbox.replace("https://git\\.example\\.org/recordsponge\\.git", repository.url());
        sandbox.replace(
                "(?<=host, value: )recordsponge\\.com", prod.environment().host());
        sandbox.replace("(?<!\\w)record_expunge(?!\\w)", prod.database().name());
        sandbox.replace("recordsponge/operator:[^\"\\s]+", sandbox.operatorImage());
        sandbox.replace("(?m)(?<=value: )recordsponge$", namespace);
        sandbox.adapt(Path.of("deploy/argocd/example"));
        sandbox.adapt(Path.of("deploy/kustomize"));
        sandbox.save("deploy/argocd/example/issuer/letsencrypt.yaml", ISSUER);
        sandbox.save("staging-password", staging.database().password());
        sandbox.save("prod-password", prod.database().password());
        sandbox.program(
                "kustomize", "exec %s \"$@\"".formatted(ClusterParts.argoCd().resolve("kustomize")));
        return sandbox;
    }

    /** An environment that the page deploys, and its database. */
    record Site(TestEnvironment environment, TestDatabase database) {}
}
