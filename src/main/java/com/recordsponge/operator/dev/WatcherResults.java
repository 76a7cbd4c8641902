package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.ReconciliationState;
import java.util.List;
import java.util.Optional;

/** The watchers' piece of the status: their last results, also while no pod reports. */
final class WatcherResults {

    private WatcherResults() {}

    static Optional<EnvironmentStatus.Dev> of(DevPlan plan, ReconciliationState state) {
        var results = plan.watchers().stream()
                .flatMap(watcher -> reported(plan, watcher).or(() -> last(watcher, state)).stream())
                .toList();
        return results.isEmpty() ? Optional.empty() : Optional.of(new EnvironmentStatus.Dev(results));
    }

    private static Optional<EnvironmentStatus.Watcher> reported(DevPlan plan, DevPlan.Watcher watcher) {
        return Optional.ofNullable(plan.reports().get(Watchers.report(watcher)))
                .filter(report -> report.result() != null)
                .map(report -> new EnvironmentStatus.Watcher(
                        watcher.name(),
                        "passed".equals(report.result()) ? "Passed" : "Failed",
                        report.passed(),
                        report.failed(),
                        report.at()));
    }

    private static Optional<EnvironmentStatus.Watcher> last(DevPlan.Watcher watcher, ReconciliationState state) {
        return state.lastStatus().map(EnvironmentStatus::dev).map(EnvironmentStatus.Dev::watchers).stream()
                .flatMap(List::stream)
                .filter(result -> result.name().equals(watcher.name()))
                .findFirst();
    }
}
