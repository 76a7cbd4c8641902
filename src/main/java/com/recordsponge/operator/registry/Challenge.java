package com.recordsponge.operator.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a registry wants to be authenticated: one challenge of a WWW-Authenticate header.
 *
 * @param scheme in lower case
 * @param parameters by name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** A parameter, or the name of a scheme. */
    private static final Pattern PART = Pattern.compile(
            "(?<name>%1$s)\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|(?<plain>%1$s))|(?<scheme>%1$s)"
                    .formatted(TOKEN));

    /** Bearer if the registry offers it, else Basic; empty if it offers neither. */
    static Optional<Challenge> of(List<String> headers) {
        var all = headers.stream().flatMap(header -> parse(header).stream()).toList();
        return Stream.of("bearer", "basic")
                .flatMap(scheme ->
                        all.stream().filter(challenge -> challenge.scheme().equals(scheme)))
                .findFirst();
    }

    private static List<Challenge> parse(String header) {
        var challenges = new ArrayList<Challenge>();
        for (var parts = PART.matcher(header); parts.find(); ) {
            if (parts.group("scheme") != null) {
                challenges.add(new Challenge(lowerCase(parts.group("scheme")), new HashMap<>()));
            } else if (!challenges.isEmpty()) {
                challenges
                        .getLast()
                        .parameters()
                        .put(lowerCase(parts.group("name")), value(parts.group("quoted"), parts.group("plain")));
            }
        }
        return challenges;
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String value(String quoted, String plain) {
        return quoted == null ? plain : quoted.replaceAll("\\\\(.)", "$1");
    }

    boolean isBearer() {
        return scheme.equals("bearer");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }
}
