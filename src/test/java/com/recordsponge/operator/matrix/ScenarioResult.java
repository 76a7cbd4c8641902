package com.recordsponge.operator.matrix;

import java.util.List;

/**
 * What came of a scenario.
 *
 * @param failed the number of requests and expectations that failed
 * @param failures the same in words, without repetitions
 * @param timeline what happened, in order; empty if nothing failed
 */
public record ScenarioResult(Scenario scenario, int requests, int failed, List<String> failures, String timeline) {

    /** A line of the matrix. */
    @Override
    public String toString() {
        return "%-45s %3d changes %6d requests %5d failed"
                .formatted(scenario.row(), scenario.steps().size(), requests, failed);
    }
}
