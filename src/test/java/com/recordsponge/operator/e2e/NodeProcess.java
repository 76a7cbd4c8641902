package com.recordsponge.operator.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process as the node's kernel sees it; the tests run on the node. */
record NodeProcess(Path folder) {

    /** The first process of the pod's container whose program has that in its name. */
    static NodeProcess of(Pod pod, String program) throws IOException {
        return of(pod).stream()
                .filter(process -> read(process.folder.resolve("comm")).contains(program))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No process %s of pod %s runs on this machine."
                        .formatted(program, pod.getMetadata().getName())));
    }

    /** Every process of the pod's container. */
    static List<NodeProcess> of(Pod pod) throws IOException {
        var container = pod.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getContainerID()
                .replaceFirst("^.*//", "");
        return all().stream()
                .filter(process -> read(process.folder.resolve("cgroup")).contains(container))
                .toList();
    }

    /** Every process of the node. */
    static List<NodeProcess> all() throws IOException {
        var all = new ArrayList<NodeProcess>();
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            folders.forEach(folder -> all.add(new NodeProcess(folder)));
        }
        return all;
    }

    /** Its program and arguments, which everybody on the machine may read; a process may change them. */
    String commandLine() {
        return read(folder.resolve("cmdline")).replace('\0', ' ');
    }

    /** Variables that it was started with. */
    String environment() {
        return read(folder.resolve("environ")).replace('\0', '\n');
    }

    /** What its memory maps and what its descriptors lead to, by name. */
    String files() throws IOException {
        var names = new StringBuilder(read(folder.resolve("maps")));
        try (var descriptors = Files.newDirectoryStream(folder.resolve("fd"))) {
            for (var descriptor : descriptors) {
                names.append(Files.readSymbolicLink(descriptor)).append('\n');
            }
        } catch (NoSuchFileException _) {
            // The process has ended, or has closed it.
        }
        return names.toString();
    }

    /** A file as it sees it. */
    String file(String path) {
        return read(folder.resolve("root" + path));
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
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }
}
