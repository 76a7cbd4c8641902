package com.recordsponge.operator.support;

import com.recordsponge.operator.plan.Digest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Records every distinct status that environments have during a test run, one file each. Statuses are equal if their
 * conditions have the same types, statuses and reasons.
 */
public final class StatusRecorder {

    /** The folder of all recordings. */
    public static final Path FOLDER = Path.of("target/statuses");

    private final Path folder;

    private StatusRecorder(Path folder) {
        this.folder = folder;
    }

    /** Records the environments of a cluster until the JVM ends, in a folder that it empties first. */
    public static void start(KubernetesClient client, String name) throws IOException {
        var folder = Files.createDirectories(FOLDER.resolve(name));
        for (var file : recorded(folder)) {
            Files.delete(file);
        }
        client.genericKubernetesResources("recordsponge.com/v1", "RecordSpongeEnvironment")
                .inAnyNamespace()
                .inform(new ChangeHandler<>(new StatusRecorder(folder)::record));
    }

    /** The files in and below a folder. */
    public static List<Path> recorded(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void record(GenericKubernetesResource environment) {
        if (environment.get("status", "observedGeneration") == null) {
            return;
        }
        var file = folder.resolve(key(environment) + ".yaml");
        if (!Files.exists(file)) {
            var recording = Serialization.clone(environment);
            recording.getMetadata().setManagedFields(null);
            try {
                Files.writeString(file, Serialization.asYaml(recording));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String key(GenericKubernetesResource environment) {
        var observed = ((Number) environment.get("status", "observedGeneration")).longValue();
        List<Map<String, String>> conditions = environment.get("status", "conditions");
        var states = new HashMap<>(Map.of(
                "observed", String.valueOf(observed == environment.getMetadata().getGeneration())));
        Stream.ofNullable(conditions)
                .flatMap(List::stream)
                .forEach(condition ->
                        states.put(condition.get("type"), condition.get("status") + " " + condition.get("reason")));
        return Digest.of(states);
    }
}
