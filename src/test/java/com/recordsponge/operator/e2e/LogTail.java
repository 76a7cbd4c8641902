package com.recordsponge.operator.e2e;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads what is appended to the log files in and below a folder. */
final class LogTail {

    private final Path folder;
    private final Predicate<Path> filter;
    private final Map<Path, Long> offsets = new HashMap<>();

    /** Starts at the current end of each file. */
    LogTail(Path folder, Predicate<Path> filter) throws IOException {
        this.folder = folder;
        this.filter = filter;
        for (var file : files()) {
            offsets.put(file, size(file));
        }
    }

    /** The text appended since the last call, by file. */
    Map<Path, String> newText() throws IOException {
        var texts = new TreeMap<Path, String>();
        for (var file : files()) {
            var from = offsets.getOrDefault(file, 0L);
            try (var log = new RandomAccessFile(file.toFile(), "r")) {
                // A file that is now shorter was rotated.
                log.seek(from <= log.length() ? from : 0);
                var bytes = new byte[(int) (log.length() - log.getFilePointer())];
                log.readFully(bytes);
                offsets.put(file, log.getFilePointer());
                texts.put(file, new String(bytes, StandardCharsets.UTF_8));
            } catch (FileNotFoundException _) {
                // The kubelet has deleted it with its pod.
            }
        }
        return texts;
    }

    /** The kubelet deletes folders of pods meanwhile. */
    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && filter.test(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }
}
