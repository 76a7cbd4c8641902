package com.recordsponge.operator.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.recordsponge.operator.plan.SecretData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines of htpasswd as Traefik reads them: because of one flaw it drops the routes that require them.
 *
 * @param users whom the lines name, also those whose lines have a flaw
 * @param valid the lines that Traefik can check
 * @param size why the operator does not copy them, phrased to follow the name of their Secret
 * @param line what is wrong with the first line that is not valid, phrased in the same way
 */
record Htpasswd(Set<String> users, List<Line> valid, Optional<String> size, Optional<String> line) {

    /** The key in a Secret with users. */
    static final String KEY = "users";

    /** The limit of Go's bufio.Scanner, with which Traefik reads the lines. */
    private static final int LONGEST_LINE = 64 * 1024;

    private static final Pattern LINE = Pattern.compile("[^:]+:(?<hash>[^:]+)");

    /**
     * The hashes that CheckSecret of go-http-auth, the library in Traefik, can find equal to a password's: MD5 of crypt and of
     * Apache, SHA-1, and bcrypt. It accepts any other line, and then refuses every password.
     */
    private static final Pattern CHECKABLE = Pattern.compile("\\$(apr1|1)\\$[^$]*\\$[./0-9A-Za-z]{22}"
            + "|\\{SHA}[+/0-9A-Za-z]{27}="
            + "|\\$2[abxy]\\$(0[4-9]|[12][0-9]|3[01])\\$[./0-9A-Za-z]{53}.*");

    /** One line, never printed. */
    private record Line(String user, String text) {}

    /** Reads the value of the key users. */
    static Htpasswd of(byte[] content) {
        var users = new HashSet<String>();
        var valid = new ArrayList<Line>();
        var flaw = Optional.<String>empty();
        var lines = new String(content, ISO_8859_1).split("\r?\n");
        for (var index = 0; index < lines.length; index++) {
            if (lines[index].isEmpty()) {
                continue;
            }
            var line = new Line(lines[index].split(":", 2)[0], lines[index]);
            users.add(line.user());
            var found = flaw(line.text(), index + 1);
            if (found.isEmpty()) {
                valid.add(line);
            }
            flaw = flaw.or(() -> found);
        }
        return new Htpasswd(users, valid, SecretData.flawOfSize(Map.of(KEY, content)), flaw);
    }

    /** What is wrong, phrased to follow the name of their Secret. */
    Optional<String> flaw() {
        return users.isEmpty() ? Optional.of("has no line under users") : size.or(() -> line);
    }

    private static Optional<String> flaw(String text, int number) {
        var line = LINE.matcher(text);
        if (text.length() >= LONGEST_LINE || !line.matches()) {
            return Optional.of("is invalid: line %d under users is not name:hash".formatted(number));
        }
        var hash = line.group("hash");
        return CHECKABLE.matcher(hash).matches()
                ? Optional.empty()
                : Optional.of(
                        "is invalid: line %d under users has %s, which Traefik cannot check, so it would refuse the right password; create the line with htpasswd -nB NAME"
                                .formatted(number, kind(hash)));
    }

    /**
     * The lines for Traefik: the valid ones, and for each user who has only others the last valid ones. So a flaw ends
     * nobody's access, and whom no line names any more has none.
     *
     * @param last the lines that Traefik reads now; empty if it reads none
     * @return empty if there is no line for Traefik
     */
    Optional<byte[]> since(Optional<Htpasswd> last) {
        var copied = size.isEmpty() ? valid : List.<Line>of();
        var renewed = copied.stream().map(Line::user).collect(Collectors.toSet());
        var kept = last.stream()
                .flatMap(lines -> lines.valid.stream())
                .filter(line -> users.contains(line.user()) && !renewed.contains(line.user()));
        var lines = Stream.concat(copied.stream(), kept).map(Line::text).toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("\n", lines).getBytes(ISO_8859_1));
    }

    /** What a value is instead of a hash that Traefik can check, without any of its characters. */
    private static String kind(String value) {
        if (value.startsWith("$6$")) {
            return "a SHA-512 hash of crypt ($6$)";
        }
        if (value.startsWith("$5$")) {
            return "a SHA-256 hash of crypt ($5$)";
        }
        return value.startsWith("$y$")
                ? "a yescrypt hash ($y$)"
                : "a plain-text password or an incomplete or unknown hash";
    }

    @Override
    public String toString() {
        return "(users)";
    }
}
