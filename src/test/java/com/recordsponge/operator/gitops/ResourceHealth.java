package com.recordsponge.operator.gitops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The health of a resource, as Argo CD's and Flux's own code computes it.
 *
 * @param argocd with the customizations in deploy/argocd
 * @param kstatus as Flux's kustomize-controller reads it
 */
record ResourceHealth(Path file, State argocd, State kstatus) {

    record State(String status, String message) {}

    static List<ResourceHealth> of(List<Path> files) throws IOException {
        var command = Stream.of(
                ClusterParts.argoCd().resolve("resource-health").toString(), ArgoCdConfig.CONFIG_MAP.toString());
        return Command.run(Stream.concat(command, files.stream().map(Path::toString))
                        .toArray(String[]::new))
                .lines()
                .map(ResourceHealth::parse)
                .toList();
    }

    private static ResourceHealth parse(String line) {
        try {
            return new ObjectMapper().readValue(line, ResourceHealth.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
