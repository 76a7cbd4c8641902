package com.recordsponge.operator.matrix;

import com.recordsponge.operator.matrix.Step.Content;
import com.recordsponge.operator.matrix.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All changes of one row, one after the other, on a site that begins and ends with the row's first value. */
public record Scenario(FieldRow row, Spec start, List<Step> steps) {

    private static final String IMAGE = "image";

    /** The row's changes; a field of the schema says whether it can be left out. */
    public static Scenario of(MatrixTable table, FieldRow row, SpecField field) {
        var builder = new Builder(table, row);
        return new Scenario(row, builder.start, row.content() ? builder.contentSteps() : builder.fieldSteps(field));
    }

    private record Builder(FieldRow row, Spec start, Object missingImage, Map<String, Object> besides) {

        Builder(MatrixTable table, FieldRow row) {
            this(
                    row,
                    startOf(table.base().with(row.with()), row),
                    table.row(new FieldRow(IMAGE, false, row.columns())).bad().getFirst(),
                    table.besides().entrySet().stream()
                            .filter(other -> row.permits(other.getKey()))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        }

        private static Spec startOf(Spec base, FieldRow row) {
            return row.content() ? base : base.with(row.field(), row.values().getFirst());
        }

        List<Step> fieldSteps(SpecField field) {
            var steps = new ArrayList<Step>();
            others().forEach(value -> steps.add(works("= " + value, with(value))));
            if (!row.oneWay() && !others().isEmpty()) {
                steps.add(works("back", start));
            }
            row.asks().forEach(asked -> {
                steps.add(works("= " + asked.value(), with(asked.value())).interrupting());
                steps.add(works("back", start));
            });
            row.bad().forEach(value -> {
                var bad = with(value).with(row.badWith());
                steps.add(Step.of(Kind.CANNOT_WORK, "= " + value + " (bad)", bad));
                steps.add(besides("= " + value + " (bad)", bad));
                steps.add(works("back", start));
            });
            row.refused().forEach(value -> steps.add(Step.of(Kind.REFUSED, "= " + value + " (refused)", with(value))));
            if (field.optional()) {
                var kind = row.absentIsBad() ? Kind.CANNOT_WORK : Kind.WORKS;
                steps.add(Step.of(kind, "absent", absent()));
                if (row.absentIsBad()) {
                    steps.add(besides("absent", absent()));
                }
                steps.add(works("present", start));
            }
            if (row.blocked()) {
                others().stream().limit(1).forEach(value -> steps.addAll(blocked("= " + value, with(value))));
                if (field.optional() && !row.absentIsBad()) {
                    steps.addAll(blocked("absent", absent()));
                }
            }
            return steps;
        }

        /** Between two refusals of a value the site does not change, so its spec here is that of the start. */
        private Spec with(Object value) {
            return start.with(row.field(), value);
        }

        private Spec absent() {
            return start.with(row.field(), null).with(row.absentWith());
        }

        private List<Object> others() {
            return row.values().stream().skip(1).toList();
        }

        private static Step works(String description, Spec spec) {
            return Step.of(Kind.WORKS, description, spec);
        }

        /** While a value cannot work, other fields are edited. */
        private Step besides(String description, Spec spec) {
            return Step.besides(
                    "%s, and %s".formatted(description, besides.keySet()), spec.with(besides), start.with(besides));
        }

        private List<Step> blocked(String description, Spec spec) {
            return List.of(
                    Step.of(Kind.BLOCKED, description + " with a missing image", spec.with(IMAGE, missingImage)),
                    works("back", start));
        }

        List<Step> contentSteps() {
            var steps = new ArrayList<Step>();
            others().forEach(source -> steps.add(content(Kind.WORKS, source)));
            steps.add(restored());
            row.bad().forEach(source -> {
                steps.add(content(Kind.CANNOT_WORK, source));
                steps.add(besides("content of " + source, start));
                steps.add(restored());
            });
            if (row.blocked()) {
                var source = others().getFirst();
                steps.add(Step.of(
                                Kind.BLOCKED,
                                "content of %s with a missing image".formatted(source),
                                start.with(IMAGE, missingImage))
                        .with(change(source)));
                steps.add(restored());
            }
            return steps;
        }

        private Step content(Kind kind, Object source) {
            return Step.of(kind, "content of " + source, start).with(change(source));
        }

        private Step restored() {
            return Step.of(Kind.WORKS, "content restored", start)
                    .with(change(row.values().getFirst()));
        }

        private Content change(Object source) {
            return new Content(
                    row.field().contains("configMap") ? "ConfigMap" : "Secret",
                    (String) start.get(row.field()).orElseThrow(),
                    (String) source);
        }
    }
}
