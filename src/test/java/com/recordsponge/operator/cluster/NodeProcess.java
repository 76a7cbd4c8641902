package com.recordsponge.operator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process of a pod as the node's kernel sees it; the tests run on the node. */
record NodeProcess(Path folder) {

    /** The first process of the pod's container whose program has that in its name. */
    static NodeProcess of(Pod pod, String program) throws IOException {
        var container = pod.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getContainerID()
                .replaceFirst("^.*//", "");
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var folder : folders) {
                if (read(folder.resolve("cgroup")).contains(container)
                        && read(folder.resolve("comm")).contains(program)) {
                    return new NodeProcess(folder);
                }
            }
        }
        throw new AssertionError("No process %s of pod %s runs on this machine."
                .formatted(program, pod.getMetadata().getName()));
    }

    /** Of proc(5)'s status, with single spaces. */
    String status(String field) throws IOException {
        return Files.readAllLines(folder.resolve("status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip().replaceAll("\\s+", " "))
                .findFirst()
                .orElseThrow();
    }

    /** How the file system at a path is mounted. */
    List<String> mountOptions(String path) throws IOException {
        return Files.readAllLines(folder.resolve("mountinfo")).stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields[4].equals(path))
                .map(fields -> List.of(fields[5].split(",")))
                .findFirst()
                .orElseThrow();
    }

    /** Empty where the process has ended meanwhile. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
