package com.recordsponge.operator.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values that attack or break shells, SQL, HTML, headers, Traefik rules, regular expressions and parsers. */
final class HostileValues {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\t",
            "\n",
            "\r\nX-Injected: 1",
            "\0",
            "\u007f",
            "'; DROP TABLE people; --",
            "\" OR \"1\"=\"1",
            "$(touch /tmp/x)",
            "`touch /tmp/x`",
            "${jndi:ldap://x/y}",
            "$(PGPASSWORD)",
            "%s%n%x",
            "%2e%2e%2f",
            "{{ .Values.x }}",
            "<script>alert(1)</script>",
            "`) || PathPrefix(`/",
            "\") || Host(\"evil.test",
            "^(a+)+$",
            "(?i)x",
            "[a-z",
            "\\",
            "${1}",
            "../../../etc/passwd",
            "/..",
            "//",
            ".",
            "..",
            "-",
            "_",
            ":",
            "@",
            "#",
            "*",
            "*.example.org",
            "user:password@",
            "localhost",
            "127.1",
            "0177.0.0.1",
            "2130706433",
            "0x7f000001",
            "169.254.169.254",
            "::1",
            "[::1]",
            "fe80::1%eth0",
            "::ffff:127.0.0.1",
            "255.255.255.255",
            "e\u0301xample.org",
            "\u0435xample.org",
            "example\u3002org",
            "\u202Egro.elpmaxe",
            "\uFEFF",
            "\u200B",
            "\uFB00",
            "\uD83D\uDE00",
            "\u0130",
            "null",
            "true",
            "~",
            "0",
            "-1",
            "1e400",
            "NaN",
            "1Ei1",
            "-5m",
            "5",
            "99999h999999m99999999s",
            "9".repeat(400),
            "a".repeat(64),
            "a".repeat(254),
            "a.".repeat(127) + "a",
            "A".repeat(40_000));

    private static final List<Object> OTHERS = Arrays.asList(
            null,
            true,
            false,
            0,
            -1,
            21,
            65_536,
            Integer.MAX_VALUE,
            1L + Integer.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            0.5,
            1e10,
            1e308,
            BigInteger.TEN.pow(40),
            List.of(),
            Map.of());

    private final RandomGenerator random;

    HostileValues(RandomGenerator random) {
        this.random = random;
    }

    /** A value of any type, and sometimes of any size. */
    Object any() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> OTHERS.get(random.nextInt(OTHERS.size()));
            case 4 -> nested(random.nextInt(1, 200));
            case 5 ->
                IntStream.range(0, random.nextInt(1, 500)).mapToObj(_ -> text()).toList();
            case 6 ->
                IntStream.range(0, random.nextInt(1, 100))
                        .mapToObj(index -> text() + index)
                        .distinct()
                        .collect(Collectors.toMap(key -> key, _ -> text(), (a, _) -> a, LinkedHashMap::new));
            default -> text();
        };
    }

    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /** The text with a hostile change. */
    String corrupted(String text) {
        var at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(5)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> text + text();
            case 2 -> text() + text;
            case 3 -> text.repeat(random.nextInt(2, 40));
            default -> text.substring(0, at) + text() + text.substring(at);
        };
    }

    /** A value of a Secret or ConfigMap. */
    byte[] bytes() {
        return switch (random.nextInt(8)) {
            case 0 -> new byte[0];
            case 1 -> {
                var noise = new byte[random.nextInt(1, 3000)];
                random.nextBytes(noise);
                yield noise;
            }
            case 2 -> new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF};
            case 3 -> "x".repeat(random.nextInt(1, 1 << 17)).getBytes(UTF_8);
            case 4 ->
                "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                        .formatted(text())
                        .getBytes(UTF_8);
            default -> text().getBytes(UTF_8);
        };
    }

    private Object nested(int depth) {
        Object value = text();
        for (var level = 0; level < depth; level++) {
            value = random.nextBoolean() ? new ArrayList<>(Arrays.asList(value)) : Map.of("a", value);
        }
        return value;
    }
}
