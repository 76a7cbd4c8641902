package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.SecretSearch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Searches texts for values of Secrets, and records the texts and the findings by surface. */
final class LeakReport {

    /** What people and programs can read without access to Secrets. */
    enum Surface {
        LOG,
        OBJECTS,
        EVENTS,
        STATUS,
        HTTP,
        PROCESSES,
        CLUSTER_LOGS,
        DATABASE
    }

    private final SecretSearch search;
    private final Map<Surface, Set<String>> found = new EnumMap<>(Surface.class);
    private final Map<Surface, List<String>> searched = new EnumMap<>(Surface.class);

    LeakReport(SecretSearch search) {
        this.search = search;
    }

    /**
     * Searches a text.
     *
     * @param source where the text is from, to find a leak
     * @param expected what the text contains if it is the right one
     */
    void scan(Surface surface, String source, String text, String expected) {
        assertThat(text.contains(expected))
                .as("%s contains %s", source, expected)
                .isTrue();
        scan(surface, source, text);
    }

    /** Searches a text that may be empty. */
    void scan(Surface surface, String source, String text) {
        searched.computeIfAbsent(surface, _ -> new ArrayList<>()).add(source);
        search.in(text).forEach(kind -> found.computeIfAbsent(surface, _ -> new LinkedHashSet<>())
                .add(kind + ": " + source));
    }

    /** Fails with the kinds and sources of leaked values, never with a value, and if a surface was not searched. */
    void assertNoLeaks(Surface... surfaces) {
        for (var surface : surfaces) {
            assertThat(searched.get(surface)).as("texts of %s", surface).isNotEmpty();
        }
        assertThat(Stream.of(surfaces).flatMap(surface -> found.getOrDefault(surface, Set.of()).stream()))
                .as("values of Secrets in %s", List.of(surfaces))
                .isEmpty();
    }
}
