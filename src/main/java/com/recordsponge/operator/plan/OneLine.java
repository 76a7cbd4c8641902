package com.recordsponge.operator.plan;

import java.util.regex.Pattern;

/** Text that other programs wrote, made fit for a message. */
public final class OneLine {

    /** Line breaks, control characters, and those that change the direction of a line or cannot be seen. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Z}]+");

    /** The sender's address and port before an arrow, as Go's net package writes them: another port with each attempt. */
    private static final Pattern SENDER = Pattern.compile("[^\\s\"]+:\\d+->");

    private OneLine() {}

    /** On one line, with single spaces in place of everything that is not printable. */
    public static String of(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    /**
     * The same, without the quotation marks in which a message puts it, and cut.
     *
     * @param longest in characters
     */
    public static String quotable(String text, int longest) {
        return cut(of(text).replace('"', '\''), longest, "...");
    }

    /** Without the sender's port, which makes a new message of the same failure. */
    public static String withoutSender(String text) {
        return SENDER.matcher(text).replaceAll("");
    }

    /**
     * A line of limited length.
     *
     * @param longest in characters, with the mark
     * @param mark ends a line that was cut
     */
    public static String cut(String line, int longest, String mark) {
        if (line.length() <= longest) {
            return line;
        }
        var end = longest - mark.length();
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + mark;
    }
}
