package com.recordsponge.operator.registry;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule of a mirror: another name of repositories there. As k3s reads it, with Go's spelling of groups: {@code $1},
 * {@code ${1}} or {@code $name}.
 *
 * @param pattern what is replaced
 * @param replacement by what, with groups of the pattern
 */
record RepositoryRewrite(Pattern pattern, String replacement) {

    private static final Pattern GROUP = Pattern.compile("\\$(?:(\\$)|(\\w+)|\\{(\\w+)})");

    /** @throws java.util.regex.PatternSyntaxException if the rule has no regular expression */
    static RepositoryRewrite of(String expression, String replacement) {
        return new RepositoryRewrite(Pattern.compile(expression.replace("(?P<", "(?<")), replacement);
    }

    String apply(String repository) {
        return pattern.matcher(repository).replaceAll(match -> Matcher.quoteReplacement(expanded(match)));
    }

    private String expanded(MatchResult match) {
        return GROUP.matcher(replacement).replaceAll(group -> Matcher.quoteReplacement(text(group, match)));
    }

    /** A group that the pattern does not have, or that matched nothing, is empty. */
    private static String text(MatchResult group, MatchResult match) {
        if (group.group(1) != null) {
            return "$";
        }
        var name = group.group(2) == null ? group.group(3) : group.group(2);
        var number = name.matches("\\d{1,3}")
                ? Integer.valueOf(name)
                : match.namedGroups().get(name);
        var text = number == null || number > match.groupCount() ? null : match.group(number);
        return text == null ? "" : text;
    }
}
