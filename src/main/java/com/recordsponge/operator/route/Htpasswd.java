package com.recordsponge.operator.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.recordsponge.operator.plan.SecretData;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Traefik requires of a Secret with users: because of one flaw it drops the routes that require them. */
final class Htpasswd {

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

    private Htpasswd() {}

    /** What is wrong with a Secret that has the key users, phrased to follow its name; empty if nothing is. */
    static Optional<String> flaw(Map<String, byte[]> data) {
        if (data.size() > 1) {
            return Optional.of("has keys other than users, which Traefik refuses; move them to another Secret");
        }
        var size = SecretData.flawOfSize(data);
        if (size.isPresent()) {
            return size;
        }
        var lines = new String(data.get(KEY), ISO_8859_1).split("\r?\n");
        var users = 0;
        for (var index = 0; index < lines.length; index++) {
            if (lines[index].isEmpty()) {
                continue;
            }
            var line = LINE.matcher(lines[index]);
            if (lines[index].length() >= LONGEST_LINE || !line.matches()) {
                return Optional.of("is invalid: line %d under users is not name:hash".formatted(index + 1));
            }
            if (!CHECKABLE.matcher(line.group("hash")).matches()) {
                return Optional.of(
                        "is invalid: line %d under users has %s, which Traefik cannot check, so it would refuse the right password; create the line with htpasswd -nB NAME"
                                .formatted(index + 1, kind(line.group("hash"))));
            }
            users++;
        }
        return users > 0 ? Optional.empty() : Optional.of("has no line under users");
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
}
