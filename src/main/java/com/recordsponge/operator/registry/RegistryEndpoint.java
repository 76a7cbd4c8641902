package com.recordsponge.operator.registry;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One place to ask: a mirror, or a registry itself.
 *
 * @param base URL without a slash at its end, below which repositories are: such as {@code https://ghcr.io/v2}
 * @param mirrorOf the registry that it mirrors; empty for the registry itself
 * @param configured whether the cluster's administrator named it: only then can it be an address of the node
 * @param rewrites other names of repositories
 * @param credential the cluster's own
 */
record RegistryEndpoint(
        URI base,
        Optional<String> mirrorOf,
        boolean configured,
        List<RepositoryRewrite> rewrites,
        Optional<Credential> credential,
        Registries.Trust trust) {

    /** For messages. */
    String name() {
        var host = base.getAuthority();
        return mirrorOf.map(registry -> "Mirror %s of %s".formatted(host, registry))
                .orElse("Registry " + host);
    }

    /** Where to correct a credential that it refused. */
    String source(Credential shown) {
        return credential.equals(Optional.of(shown))
                ? "configs in the chart's registries"
                : "the Secret of spec.imagePullSecrets";
    }

    /** The URL of an image's manifest. */
    URI manifest(ImageReference image) {
        return URI.create("%s/%s/manifests/%s%s"
                .formatted(
                        base,
                        repository(image.repository()),
                        image.tagOrDigest(),
                        mirrorOf.map("?ns="::concat).orElse("")));
    }

    /**
     * What to show it, in this order: at a mirror the cluster's credential if it has one, at the registry itself those of
     * the environment.
     *
     * @param own of the environment
     */
    List<Credential> credentials(List<Credential> own) {
        var clusters = credential.stream().toList();
        var first = mirrorOf.isPresent() ? clusters : own;
        var second = mirrorOf.isPresent() ? own : clusters;
        return Stream.of(first, second, List.of(Credential.NONE))
                .filter(candidates -> !candidates.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    String repository(String repository) {
        return rewrites.stream()
                .map(rewrite -> rewrite.apply(repository))
                .filter(changed -> !changed.equals(repository))
                .findFirst()
                .orElse(repository);
    }
}
