package com.recordsponge.operator.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs scenarios, several sites at a time. */
public final class ChangeMatrix {

    /** {@code -Dmatrix.rows=^database} selects the rows whose name contains a match of that expression. */
    public static final Predicate<FieldRow> SELECTED = row -> Pattern.compile(System.getProperty("matrix.rows", ""))
            .matcher(row.toString())
            .find();

    private static final int FEW_SITES = 3;
    private static final Pattern BUSY =
            Pattern.compile("javax?[.](net|io)[.]\\S*Exception|: 50[24] |\\] no .* after PT|\\] never answered: ");

    private final World world;
    private final String prefix;
    private final int sites;
    private final int repetitions;

    /**
     * @param prefix of the sites' namespaces
     * @param sites how many change at the same time
     * @param repetitions of rows that failed, in new namespaces
     */
    public ChangeMatrix(World world, String prefix, int sites, int repetitions) {
        this.world = world;
        this.prefix = prefix;
        this.sites = sites;
        this.repetitions = repetitions;
    }

    /** The namespaces of the sites of some rows. */
    public List<String> namespaces(Predicate<FieldRow> rows) {
        return runs(rows, prefix).stream().map(ScenarioRun::namespace).toList();
    }

    /**
     * Makes all changes of the rows, and fails if visitors saw what they must not see. Rows in which they only got no answer
     * are repeated with few sites at a time: what a busy machine did does not come again.
     */
    public void assertUninterrupted(Predicate<FieldRow> rows) {
        var results = run(rows, prefix, sites);
        assertNone(failures(results).filter(failure -> repetitions == 0 || !isOfABusyMachine(failure)));
        var failed = failedRows(results);
        for (var time = 1; time <= repetitions && !failed.isEmpty(); time++) {
            assertNone(failures(run(row -> failed.contains(row.toString()), prefix + "-again" + time, FEW_SITES)));
        }
    }

    private static Stream<String> failures(Collection<ScenarioResult> results) {
        return results.stream().flatMap(result -> result.failures().stream());
    }

    private static void assertNone(Stream<String> failures) {
        assertThat(failures).as("what visitors saw").isEmpty();
    }

    /** Whether nothing was answered, or not in time. A wrong answer is the operator's. */
    static boolean isOfABusyMachine(String failure) {
        return BUSY.matcher(failure).find();
    }

    private static Set<String> failedRows(Collection<ScenarioResult> results) {
        return results.stream()
                .filter(result -> !result.failures().isEmpty())
                .map(result -> result.scenario().row().toString())
                .collect(Collectors.toSet());
    }

    /** Prints the matrix, and what happened in the rows that failed. */
    private List<ScenarioResult> run(Predicate<FieldRow> rows, String prefix, int sites) {
        var runs = runs(rows, prefix);
        // So that no site is left alone at the end.
        runs.sort(Comparator.comparing(ScenarioRun::changes).reversed());
        var results = execute(
                runs.stream()
                        .map(run -> (Callable<ScenarioResult>) run::execute)
                        .toList(),
                sites);
        System.out.println(table(results));
        results.stream()
                .filter(result -> !result.failures().isEmpty())
                .forEach(result -> System.out.println("--- " + result.scenario().row() + "\n"
                        + String.join("\n", result.failures()) + "\n" + result.timeline()));
        return results;
    }

    private List<ScenarioRun> runs(Predicate<FieldRow> rows, String prefix) {
        var fields = SpecField.all().stream().collect(Collectors.toMap(SpecField::path, field -> field));
        var runs = new ArrayList<ScenarioRun>();
        for (var row : MatrixTable.unresolved().rows()) {
            if (rows.test(row)) {
                var namespace = "%s-%02d".formatted(prefix, runs.size());
                var table = MatrixTable.of(name -> world.value(namespace, name));
                var scenario = Scenario.of(table, table.row(row), fields.get(row.field()));
                runs.add(new ScenarioRun(world, scenario, namespace));
            }
        }
        return runs;
    }

    private static List<ScenarioResult> execute(List<Callable<ScenarioResult>> runs, int sites) {
        try (var lanes = Executors.newFixedThreadPool(Math.min(sites, runs.size()))) {
            var results = new ArrayList<ScenarioResult>();
            for (var future : lanes.invokeAll(runs)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String table(Collection<ScenarioResult> results) {
        return results.stream().map(ScenarioResult::toString).collect(Collectors.joining("\n"))
                + "\n%d fields and contents, %d changes, %d requests, %d failed"
                        .formatted(
                                results.size(),
                                results.stream()
                                        .mapToInt(result ->
                                                result.scenario().steps().size())
                                        .sum(),
                                results.stream()
                                        .mapToInt(ScenarioResult::requests)
                                        .sum(),
                                results.stream()
                                        .mapToInt(ScenarioResult::failed)
                                        .sum());
    }
}
