package com.recordsponge.operator.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which namespaces can have which DNS names. A name that no rule lists is for all. */
public record HostRules(List<Rule> rules) {

    /** Every namespace can have every name. */
    public static final HostRules NONE = new HostRules(List.of());

    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern NAMESPACE = Pattern.compile(LABEL);
    private static final Pattern NAME = Pattern.compile("\\*|(\\*\\.)?%1$s(\\.%1$s)*".formatted(LABEL));

    /**
     * Names that are only for some namespaces.
     *
     * @param names a DNS name, {@code *.} and a domain for all names below it, or {@code *} for all names
     */
    public record Rule(Set<String> namespaces, Set<String> names) {

        boolean lists(String host) {
            return names.stream()
                    .anyMatch(name -> name.equals("*")
                            || name.equals(host)
                            || name.startsWith("*.") && host.endsWith(name.substring(1)));
        }
    }

    /**
     * Reads {@code namespace=name}, with more namespaces and names after commas, and more rules after semicolons, such as
     * {@code prod=example.org,*.example.org;staging=dev.example.org}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static HostRules parse(String text) {
        return new HostRules(Arrays.stream(text.split(";")).map(HostRules::rule).toList());
    }

    private static Rule rule(String text) {
        var sides = text.split("=", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException(
                    "'%s' is no rule for hosts: write namespace=name, such as prod=example.org,*.example.org."
                            .formatted(text));
        }
        return new Rule(parts(sides[0], NAMESPACE, "namespace"), parts(sides[1], NAME, "DNS name"));
    }

    private static Set<String> parts(String text, Pattern pattern, String kind) {
        var parts = new TreeSet<>(Arrays.asList(text.split(",", -1)));
        parts.stream()
                .filter(part -> !pattern.matcher(part).matches())
                .findFirst()
                .ifPresent(part -> {
                    throw new IllegalArgumentException("'%s' in a rule for hosts is no %s.".formatted(part, kind));
                });
        return parts;
    }

    /** Whether environments of a namespace can have a name. */
    public boolean allow(String namespace, String host) {
        var namespaces = namespacesOf(host);
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }

    /** Whether a text, such as the common name of a certificate, can be a DNS name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The only namespaces that can have a name; empty if all can. */
    public Set<String> namespacesOf(String host) {
        return rules.stream()
                .filter(rule -> rule.lists(host))
                .flatMap(rule -> rule.namespaces().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
