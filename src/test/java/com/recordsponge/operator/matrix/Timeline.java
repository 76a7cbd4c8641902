package com.recordsponge.operator.matrix;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened to one site, in order: changes, writes, and what visitors saw. */
public final class Timeline {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final List<Entry> entries = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private String step = "";

    /** Something that happened at a time. */
    public record Entry(Instant time, String text) {}

    private record Failure(Instant time, String step, String text) {}

    synchronized void step(String description) {
        step = description;
        add(Instant.now(), "== " + description);
    }

    synchronized void add(Instant time, String text) {
        entries.add(new Entry(time, text));
    }

    synchronized void failed(Visit visit, String flaw) {
        failed("%s: %s".formatted(visit, flaw));
    }

    /** Something that must not happen. */
    synchronized void failed(String text) {
        failures.add(new Failure(Instant.now(), step, text));
    }

    synchronized int failedRequests() {
        return failures.size();
    }

    /** The failures by step and text, each with its number and when it began and ended. */
    synchronized List<String> failures() {
        return groups().values().stream()
                .map(group -> "[%s] %s, from %s"
                        .formatted(
                                group.getFirst().step(),
                                summary(group),
                                clock(group.getFirst().time())))
                .toList();
    }

    private Map<String, List<Failure>> groups() {
        return failures.stream()
                .collect(Collectors.groupingBy(
                        failure -> failure.step() + failure.text(), LinkedHashMap::new, Collectors.toList()));
    }

    private static String summary(List<Failure> group) {
        return "%s (%d times until %s)"
                .formatted(
                        group.getFirst().text(),
                        group.size(),
                        clock(group.getLast().time()));
    }

    /** Everything in order; a repeated failure is where it began. */
    synchronized String toString(List<Entry> writes) {
        var failed = groups().values().stream()
                .map(group -> new Entry(group.getFirst().time(), "!! " + summary(group)));
        return Stream.of(entries.stream(), writes.stream(), failed)
                .flatMap(all -> all)
                .sorted(Comparator.comparing(Entry::time))
                .map(entry -> clock(entry.time()) + " " + entry.text())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String clock(Instant time) {
        return CLOCK.format(time);
    }
}
