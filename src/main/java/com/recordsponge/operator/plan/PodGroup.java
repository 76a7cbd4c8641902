package com.recordsponge.operator.plan;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pods of one namespace that carry all of the given labels. */
public record PodGroup(String namespace, Map<String, String> labels) {

    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String LABEL = "([a-z0-9][-a-z0-9.]{0,252}/)?%1$s=(%1$s)?".formatted(NAME);
    private static final Pattern TEXT =
            Pattern.compile("(?<namespace>%1$s)/(?<labels>%2$s(,%2$s)*)".formatted(DNS_LABEL, LABEL));

    /**
     * Reads {@code namespace/label=value}, with more labels after commas, such as {@code
     * kube-system/app.kubernetes.io/name=traefik}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static PodGroup parse(CharSequence text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'%s' names no pods: write namespace/label=value, such as kube-system/app.kubernetes.io/name=traefik, with more labels after commas."
                            .formatted(text));
        }
        return new PodGroup(
                parts.group("namespace"),
                Arrays.stream(parts.group("labels").split(","))
                        .map(label -> label.split("=", 2))
                        .collect(Collectors.toMap(
                                label -> label[0], label -> label[1], (_, last) -> last, TreeMap::new)));
    }
}
