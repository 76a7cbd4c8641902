package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.OneLine;
import java.util.regex.Pattern;

/**
 * Text that other programs wrote, for messages: one line without control characters, of limited length, and
 * the same for the same failure, since each new message is a write of the status.
 */
final class ForeignText {

    /** In characters; the longest sentence of an ACME server is about as long. */
    private static final int LONGEST = 300;

    private static final String CUT = "…";

    /** From here on cert-manager quotes what a site answered instead of the challenge: that can be anything. */
    private static final Pattern ANSWER = Pattern.compile(", expected \".*", Pattern.DOTALL);

    /** The sender's address and port before an arrow, as Go's net package writes them: another port with each attempt. */
    private static final Pattern SENDER = Pattern.compile("[0-9a-fA-F.:\\[\\]]+:[0-9]+->");

    private ForeignText() {}

    static String shorten(String text) {
        var stable = SENDER.matcher(ANSWER.matcher(text).replaceFirst("")).replaceAll("");
        return OneLine.cut(OneLine.of(stable), LONGEST + CUT.length(), CUT);
    }
}
