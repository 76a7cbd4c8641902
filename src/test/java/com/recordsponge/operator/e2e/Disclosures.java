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

/** What was read of each place, and the values of Secrets that were found there. */
final class Disclosures {

    /** Where values of Secrets have no business. */
    enum Place {
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
    private final Map<Place, Set<String>> found = new EnumMap<>(Place.class);
    private final Map<Place, List<String>> read = new EnumMap<>(Place.class);

    Disclosures(SecretSearch search) {
        this.search = search;
    }

    /**
     * Searches a text.
     *
     * @param what the text is, for a person who has to find the leak
     * @param sign what it holds if it is the right one
     */
    void look(Place place, String what, String text, String sign) {
        assertThat(text.contains(sign)).as("%s tells of %s", what, sign).isTrue();
        look(place, what, text);
    }

    /** Searches a text that may be empty. */
    void look(Place place, String what, String text) {
        read.computeIfAbsent(place, _ -> new ArrayList<>()).add(what);
        search.in(text).forEach(kind -> found.computeIfAbsent(place, _ -> new LinkedHashSet<>())
                .add(kind + ": " + what));
    }

    /** Fails with what was found and where, never with a value. */
    void assertNone(Place... places) {
        for (var place : places) {
            assertThat(read.get(place)).as("texts of %s", place).isNotEmpty();
        }
        assertThat(Stream.of(places).flatMap(place -> found.getOrDefault(place, Set.of()).stream()))
                .as("values of Secrets in %s", List.of(places))
                .isEmpty();
    }
}
