package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.OneLine;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words of a kubelet, scheduler or registry, fit for a condition: without what repeats or changes each time, without
 * credentials, and cut in the middle. Registries sign the URLs that they redirect to.
 */
public final class ReportedWords {

    static final int LONGEST = 300;

    private static final List<Pattern> WRAPPINGS = List.of(
            Pattern.compile("^Back-off pulling image \"[^\"]*\"(: )?"),
            Pattern.compile("^(ErrImagePull|RegistryUnavailable|SignatureValidationFailed|ImageInspectError): "),
            Pattern.compile("^rpc error: code = \\w+ desc = "),
            Pattern.compile("^failed to pull and unpack image \"[^\"]*\": "),
            Pattern.compile("^failed to resolve (reference \"[^\"]*\"|image): "),
            Pattern.compile("^failed to copy: "),
            Pattern.compile("^httpReadSeeker: "),
            Pattern.compile("^failed to do request: "),
            Pattern.compile("^failed open: "),
            Pattern.compile("^failed to create (containerd|shim) task: "),
            Pattern.compile("^OCI runtime create failed: "),
            Pattern.compile("^runc create failed: "),
            Pattern.compile("^unable to start container process: "),
            Pattern.compile("^error during container init: "));
    private static final Pattern PREEMPTION = Pattern.compile(" ?preemption: .*$");
    /** The layer, and the directory into which this try extracts it. */
    private static final Pattern LAYER =
            Pattern.compile("failed to extract layer (\\([^)]*\\)|sha256:\\w+)( to \\S+ as \"[^\"]*\")?");

    private static final Pattern SNAPSHOT = Pattern.compile("/snapshots/\\d+/");
    private static final Pattern USER = Pattern.compile("://[^/@\\s\"]+@");
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s\"?]*)\\?[^\\s\"]*");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic) [\\w+/=._~-]{8,}");
    private static final String CUT = "...";

    private ReportedWords() {}

    /** The words of a message; empty for none. */
    public static String of(String message) {
        return cut(uncut(message));
    }

    /** What was done begins a message, and what went wrong ends it. */
    static String cut(String words) {
        if (words.length() <= LONGEST) {
            return words;
        }
        var half = LONGEST / 2;
        var tail = words.length() - half;
        return OneLine.cut(words, half + CUT.length(), CUT)
                + words.substring(Character.isLowSurrogate(words.charAt(tail)) ? tail + 1 : tail);
    }

    /** The words of a message in full: the cause can be anywhere in them. */
    static String uncut(String message) {
        var words = message == null ? "" : OneLine.of(message);
        String before;
        do {
            before = words;
            for (var wrapping : WRAPPINGS) {
                words = wrapping.matcher(words).replaceFirst("");
            }
        } while (!before.equals(words));
        words = PREEMPTION.matcher(words).replaceFirst("");
        words = USER.matcher(words).replaceAll("://");
        words = QUERY.matcher(words).replaceAll("$1");
        words = OneLine.withoutSender(words);
        words = BEARER.matcher(words).replaceAll("$1 ...");
        words = LAYER.matcher(words).replaceAll("failed to extract layer");
        words = SNAPSHOT.matcher(words).replaceAll("/snapshots/.../");
        return words.replace('"', '\'');
    }
}
