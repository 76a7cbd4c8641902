package com.recordsponge.operator.docs;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.certificate.IssuanceCause;
import com.recordsponge.operator.database.ServerError;
import com.recordsponge.operator.dependent.FieldRule;
import com.recordsponge.operator.plan.PodFailureCause;
import com.recordsponge.operator.probe.StatusCause;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the tables of docs/conditions.md, each between a {@code generated} and an {@code end} comment. */
final class ConditionsPage {

    private static final Pattern TABLE =
            Pattern.compile("(?<=<!-- generated: (?<name>[\\w ]{1,40}) -->\n).*?(?=\n<!-- end -->)", Pattern.DOTALL);

    /** The length of a whole code. */
    private static final int SQLSTATE = 5;

    private ConditionsPage() {}

    /** The page, with its tables generated from the enums of the API. */
    static String of(String page) {
        return TABLE.matcher(page).replaceAll(table -> Matcher.quoteReplacement(tables().get(table.group("name"))));
    }

    /** Tables by the name in their comment; the page must contain each. */
    static Map<String, String> tables() {
        var tables = new LinkedHashMap<String, String>();
        tables.put("conditions", conditions());
        for (var type : ConditionType.values()) {
            var reasons = reasons(type);
            if (!reasons.isEmpty()) {
                tables.put(type.toString(), reasons);
            }
        }
        tables.put("any component", reasons(null));
        tables.put("errors of PostgreSQL", errors());
        tables.put("fields of others", fieldsOfOthers());
        tables.put("failures of pods", failuresOfPods());
        tables.put("issuance", issuance());
        tables.put("statuses of sites", statuses());
        return tables;
    }

    /** In the order in which they are tried. */
    private static String statuses() {
        return "| status of `/api/hello` | cause | remedy |\n|---|---|---|\n"
                + Arrays.stream(StatusCause.values())
                        .map(row -> "| %s | %s | %s |".formatted(row.statuses(), row.cause(), row.remedy()))
                        .collect(Collectors.joining("\n"));
    }

    /** In the order in which they are tried. */
    private static String errors() {
        return "| SQLSTATE | cause | reason |\n|---|---|---|\n"
                + Arrays.stream(ServerError.values())
                        .map(error -> "| %s | %s | %s |".formatted(state(error), error.meaning(), error.reason()))
                        .collect(Collectors.joining("\n"));
    }

    private static String state(ServerError error) {
        var state = error.state().isEmpty()
                ? "any other"
                : error.state().length() < SQLSTATE ? error.state() + "…" : error.state();
        if (error.words() != null) {
            return "%s with `%s`".formatted(state, error.words());
        }
        return error.function() == null ? state : "%s by `%s`".formatted(state, error.function());
    }

    private static String conditions() {
        return "| condition | True means |\n|---|---|\n"
                + Arrays.stream(ConditionType.values())
                        .map(type -> "| %s | %s |".formatted(type, type.meaning()))
                        .collect(Collectors.joining("\n"));
    }

    private static String failuresOfPods() {
        return "| reason | words, for example | remedy |\n|---|---|---|\n"
                + Arrays.stream(PodFailureCause.values())
                        .map(cause ->
                                "| %s | %s | %s |".formatted(cause.source().reason(), cause.example(), cause.remedy()))
                        .collect(Collectors.joining("\n"));
    }

    private static String fieldsOfOthers() {
        return "| kind | field | what happens | why |\n|---|---|---|---|\n"
                + Arrays.stream(FieldRule.values())
                        .map(rule -> "| %s | %s | %s | %s |"
                                .formatted(
                                        rule.kind().isEmpty() ? "all" : rule.kind(),
                                        rule.field().isEmpty() ? "every other" : "`" + rule.field() + "`",
                                        switch (rule.treatment()) {
                                            case PUT_BACK -> "removed";
                                            case REPORTED -> "kept and reported";
                                            case LEFT -> "kept";
                                        },
                                        rule.explanation()))
                        .collect(Collectors.joining("\n"));
    }

    private static String issuance() {
        return "| object | cause | remedy | for example |\n|---|---|---|---|\n"
                + Arrays.stream(IssuanceCause.values())
                        .map(row -> "| %s | %s | %s | `%s` |"
                                .formatted(row.source(), row.cause(), row.remedy(), row.example()))
                        .collect(Collectors.joining("\n"));
    }

    /** Equal explanations share a row. */
    private static String reasons(ConditionType type) {
        var rows = new LinkedHashMap<Reason.Explanation, String>();
        Arrays.stream(Reason.values()).forEach(reason -> reason.explanations().stream()
                .filter(explanation -> Objects.equals(explanation.condition(), type))
                .forEach(explanation -> rows.merge(explanation, reason.toString(), "%s, %s"::formatted)));
        return rows.isEmpty()
                ? ""
                : Stream.concat(
                                Stream.of("| reason | cause | remedy |", "|---|---|---|"),
                                rows.entrySet().stream().map(row -> "| %s | %s | %s |"
                                        .formatted(
                                                row.getValue(),
                                                row.getKey().cause(),
                                                row.getKey().remedy())))
                        .collect(Collectors.joining("\n"));
    }
}
