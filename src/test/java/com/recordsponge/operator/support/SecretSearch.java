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
 * Finds the values of Secrets in text and tells which they are, never the values. Each is looked for by its longest run
 * of letters and digits, which is the same in every escaping (JSON, URL, shell), and by that run's base64 at each of the
 * three places where it may begin in a larger text.
 */
public final class SecretSearch {

    private static final Pattern UNESCAPED = Pattern.compile("[A-Za-z0-9]+");
    private static final int UNMISTAKABLE = 16;

    private final Map<String, List<String>> traces = new ConcurrentHashMap<>();

    /** Looks for one more value. */
    public void add(String kind, String value) {
        var run = longestRun(value);
        var all = new ArrayList<>(List.of(run));
        for (var before = 0; before < 3; before++) {
            all.add(longestRun(base64(run, before)));
        }
        if (all.stream().anyMatch(trace -> trace.length() < UNMISTAKABLE)) {
            throw new IllegalArgumentException("The %s could be mistaken for something else.".formatted(kind));
        }
        traces.put(kind, List.copyOf(all));
    }

    /** What a text holds: kinds, with how they stand there. */
    public List<String> in(String text) {
        return traces.entrySet().stream()
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

    /** The text without what {@link #in} finds. */
    public String redacted(String text) {
        for (var trace : traces.values().stream().flatMap(List::stream).toList()) {
            text = text.replace(trace, "(secret)");
        }
        return text;
    }

    /** Of the run behind so many bytes of something else; without the digits that its neighbours have a part in. */
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
