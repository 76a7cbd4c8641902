package com.recordsponge.operator.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;

/** What Traefik requires of a Secret with users: because of one flaw it drops the routes that require them. */
final class Htpasswd {

    /** The limit of Go's bufio.Scanner, with which Traefik reads the lines. */
    private static final int LONGEST_LINE = 64 * 1024;

    private Htpasswd() {}

    /** What is wrong with a Secret that has the key users, phrased to follow its name; empty if nothing is. */
    static Optional<String> flaw(Map<String, byte[]> data) {
        if (data.size() > 1) {
            return Optional.of("has keys other than users, which Traefik refuses; move them to another Secret");
        }
        var lines = new String(data.get("users"), ISO_8859_1).split("\r?\n");
        var users = 0;
        for (var index = 0; index < lines.length; index++) {
            if (lines[index].isEmpty()) {
                continue;
            }
            if (lines[index].length() >= LONGEST_LINE || !lines[index].matches("[^:]+:[^:]+")) {
                return Optional.of("is invalid: line %d under users is not name:hash".formatted(index + 1));
            }
            users++;
        }
        return users > 0 ? Optional.empty() : Optional.of("has no line under users");
    }
}
