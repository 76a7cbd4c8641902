package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.OneLine;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words of a kubelet, scheduler or registry, fit for a condition: without what repeats or changes each time, without
 * credentials, and cut. Registries sign the URLs that they redirect to.
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
    private static final Pattern USER = Pattern.compile("://[^/@\\s\"]+@");
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s\"?]*)\\?[^\\s\"]*");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic) [\\w+/=._~-]{8,}");
    private static final String CUT = "...";

    private ReportedWords() {}

    /** The words of a message; empty for none. */
    public static String of(String message) {
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
        words = words.replace('"', '\'');
        return OneLine.cut(words, LONGEST + CUT.length(), CUT);
    }
}
