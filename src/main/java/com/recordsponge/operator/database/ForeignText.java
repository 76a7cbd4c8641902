package com.recordsponge.operator.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.plan.OneLine;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;

/** Text that a server sent, as conditions, Events and the status can show it. */
final class ForeignText {

    /** Characters of a quotation. */
    static final int LONGEST = 200;

    /** Characters of a version: "17.5 (Debian 17.5-1.pgdg120+1)" has 30. */
    static final int LONGEST_VERSION = 60;

    private ForeignText() {}

    /** On one line, at most {@value #LONGEST} characters. A text with the password is left out as a whole. */
    static String quote(String text, DatabaseConnection connection) {
        return shorten(text, LONGEST, connection);
    }

    /** A server's version; null if it contains the password. */
    static String version(String text, DatabaseConnection connection) {
        return text == null || containsSecret(text, connection) ? null : shorten(text, LONGEST_VERSION, connection);
    }

    private static String shorten(String text, int longest, DatabaseConnection connection) {
        if (text == null || text.isBlank()) {
            return "(no message)";
        }
        if (containsSecret(text, connection)) {
            return "(a message with the password in it)";
        }
        return OneLine.cut(OneLine.of(text), longest, "…");
    }

    /** Compares letters and digits only: what is put between them, or their case, hides nothing. */
    private static boolean containsSecret(String text, DatabaseConnection connection) {
        var password = connection.password();
        var bare = bare(text);
        return text.contains(password)
                || Stream.of(
                                password,
                                DatabaseConnection.encode(password),
                                Base64.getEncoder().encodeToString(password.getBytes(UTF_8)))
                        .map(ForeignText::bare)
                        .filter(secret -> !secret.isEmpty())
                        .anyMatch(bare::contains);
    }

    private static String bare(String text) {
        return text.codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toLowerCase(Locale.ROOT);
    }
}
