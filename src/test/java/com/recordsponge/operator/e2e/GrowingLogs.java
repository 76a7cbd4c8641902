package com.recordsponge.operator.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is added to the logs of a folder and the folders below it. */
final class GrowingLogs {

    private final Path folder;
    private final Predicate<Path> which;
    private final Map<Path, Long> known = new HashMap<>();

    /** From now on; older text is not read. */
    GrowingLogs(Path folder, Predicate<Path> which) throws IOException {
        this.folder = folder;
        this.which = which;
        for (var file : files()) {
            known.put(file, size(file));
        }
    }

    /** Text since the last call, by file. */
    Map<Path, String> news() throws IOException {
        var news = new TreeMap<Path, String>();
        for (var file : files()) {
            var from = known.getOrDefault(file, 0L);
            try (var log = new RandomAccessFile(file.toFile(), "r")) {
                // A shorter one has begun anew.
                log.seek(from <= log.length() ? from : 0);
                var bytes = new byte[(int) (log.length() - log.getFilePointer())];
                log.readFully(bytes);
                known.put(file, log.getFilePointer());
                news.put(file, new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return news;
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).filter(which).toList();
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }
}
