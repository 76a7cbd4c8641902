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

    /** From here on cert-manager or the authority quotes what a site answered instead of the challenge: that can be anything. */
    private static final Pattern ANSWER = Pattern.compile(
            "(, expected \"|(?<=did not match this challenge)\\W|(?<=Invalid response from \\S{1,500}): \").*",
            Pattern.DOTALL);

    private ForeignText() {}

    static String shorten(String text) {
        var stable = OneLine.withoutSender(ANSWER.matcher(text).replaceFirst(""));
        return OneLine.cut(OneLine.of(stable), LONGEST + CUT.length(), CUT);
    }
}
