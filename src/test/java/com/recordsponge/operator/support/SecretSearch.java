package com.recordsponge.operator.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds values of Secrets in text, and reports their kinds but never the values. It searches for a value's longest run of
 * letters and digits, which no escaping changes (JSON, URL, shell), and for that run in base64, at each of the three
 * offsets that it can have in a longer encoded text.
 */
public final class SecretSearch {

    private static final Pattern UNESCAPED = Pattern.compile("[A-Za-z0-9]+");
    private static final int MIN_LENGTH = 16;

    private final Map<String, List<String>> patterns = new ConcurrentHashMap<>();

    /** Adds a value to search for. */
    public void add(String kind, String value) {
        var run = longestRun(value);
        var all = new ArrayList<>(List.of(run));
        for (var before = 0; before < 3; before++) {
            all.add(longestRun(base64(run, before)));
        }
        if (all.stream().anyMatch(pattern -> pattern.length() < MIN_LENGTH)) {
            throw new IllegalArgumentException("The %s is too short to be recognized.".formatted(kind));
        }
        patterns.put(kind, List.copyOf(all));
    }

    /** The kinds of the values in a text, each with its encoding. */
    public List<String> in(String text) {
        return patterns.entrySet().stream()
                .flatMap(kind -> {
                    var plain = text.contains(kind.getValue().getFirst());
                    var encoded = kind.getValue().stream().skip(1).anyMatch(text::contains);
                    return Map.of(" in plain", plain, " in base64", encoded).entrySet().stream()
                            .filter(Map.Entry::getValue)
                            .map(form -> kind.getKey() + form.getKey());
                })
                .sorted()
                .toList();
    }

    /** The text without the values that {@link #in} finds. */
    public String redacted(String text) {
        for (var pattern : patterns.values().stream().flatMap(List::stream).toList()) {
            text = text.replace(pattern, "(secret)");
        }
        return text;
    }

    /** The run in base64 after a number of other bytes, without the digits that also encode other bytes. */
    private static String base64(String run, int before) {
        var bytes = new byte[before + run.length()];
        System.arraycopy(run.getBytes(UTF_8), 0, bytes, before, run.length());
        var first = Math.ceilDiv(before * 8, 6);
        var last = bytes.length * 8 / 6;
        return new String(Arrays.copyOfRange(Base64.getEncoder().encode(bytes), first, last), UTF_8);
    }

    private static String longestRun(String value) {
        return UNESCAPED
                .matcher(value)
                .results()
                .map(MatchResult::group)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }
}
