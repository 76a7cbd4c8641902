package com.recordsponge.operator.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** The complete log of an operator, in a file. */
record OperatorLog(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A line of the log.
     *
     * @param sequence the line's number, from 0 without gaps, although lines can swap places; -1 for a line of the JVM
     * @param origin level and logger
     * @param text the whole line
     */
    record Entry(long sequence, String origin, String text) {

        private static Entry of(String line) {
            try {
                var json = JSON.readTree(line);
                var origin = json.path("level").asText() + " "
                        + json.path("loggerName").asText();
                return new Entry(json.path("sequence").asLong(), origin, line);
            } catch (IOException _) {
                return new Entry(-1, "JVM", line);
            }
        }
    }

    List<Entry> entries() {
        try (var lines = Files.lines(file)) {
            return lines.map(Entry::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether no line is missing: the kubelet rotates the file. */
    boolean isComplete() {
        var entries = entries();
        var numbers = entries.stream()
                .mapToLong(Entry::sequence)
                .filter(number -> number >= 0)
                .toArray();
        return entries.getLast().text().contains("recordsponge-operator stopped")
                && LongStream.of(numbers).max().orElseThrow() + 1 == numbers.length;
    }
}
