package com.recordsponge.operator.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process in the node's /proc; the tests run on the node. */
record NodeProcess(Path folder) {

    /** The first process in the pod's container whose program's name contains a text. */
    static NodeProcess of(Pod pod, String program) throws IOException {
        return of(pod).stream()
                .filter(process -> read(process.folder.resolve("comm")).contains(program))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No process %s of pod %s runs on this machine."
                        .formatted(program, pod.getMetadata().getName())));
    }

    /** All processes in the pod's container. */
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

    /** All processes of the node. */
    static List<NodeProcess> all() throws IOException {
        var all = new ArrayList<NodeProcess>();
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            folders.forEach(folder -> all.add(new NodeProcess(folder)));
        }
        return all;
    }

    /** The program and its arguments, which every user of the machine can read. */
    String commandLine() {
        return read(folder.resolve("cmdline")).replace('\0', ' ');
    }

    /** The environment variables that the process was started with. */
    String environment() {
        return read(folder.resolve("environ")).replace('\0', '\n');
    }

    /** The names of its mapped files and open file descriptors. */
    String files() throws IOException {
        var names = new StringBuilder(read(folder.resolve("maps")));
        try (var descriptors = Files.newDirectoryStream(folder.resolve("fd"))) {
            for (var descriptor : descriptors) {
                names.append(Files.readSymbolicLink(descriptor)).append('\n');
            }
        } catch (NoSuchFileException | DirectoryIteratorException _) {
            // The process has ended or closed the descriptor.
        }
        return names.toString();
    }

    /** A file in the root file system of the process. */
    String file(String path) {
        return read(folder.resolve("root" + path));
    }

    /** A field of /proc/PID/status, with single spaces. */
    String status(String field) throws IOException {
        return Files.readAllLines(folder.resolve("status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip().replaceAll("\\s+", " "))
                .findFirst()
                .orElseThrow();
    }

    /** The mount options of the file system at a path. */
    List<String> mountOptions(String path) throws IOException {
        return Files.readAllLines(folder.resolve("mountinfo")).stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields[4].equals(path))
                .map(fields -> List.of(fields[5].split(",")))
                .findFirst()
                .orElseThrow();
    }

    /** The content of a file; empty if the process has ended. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }
}
