package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.host.HostDecision;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The status of an environment, as the features report it.
 *
 * @param findings what the conditions were computed from
 * @param recheck when to reconcile again without an event; empty if events suffice
 */
record StatusReport(EnvironmentStatus status, List<Finding> findings, Optional<Duration> recheck) {

    static StatusReport of(ReconciliationState state, HostDecision hosts) {
        var status = new EnvironmentStatus.Builder().waitingHosts(hosts.waiting());
        var findings = new ArrayList<Finding>();
        var rechecks = Stream.<Duration>builder();
        hosts.recheck().ifPresent(rechecks);
        for (var feature : state.plan().features()) {
            findings.add(feature.finding(state));
            feature.status(state, status);
            feature.recheck(state).ifPresent(rechecks);
        }
        return of(state, findings, status, rechecks.build());
    }

    /** The report of given findings. */
    static StatusReport of(
            ReconciliationState state,
            List<Finding> findings,
            EnvironmentStatus.Builder status,
            Stream<Duration> rechecks) {
        var conditions = new Conditions(state.environment(), state.now());
        var ready = ReadySummary.of(state, withReservations(state, findings), conditions);
        if (!state.plan().suspended() && findings.stream().allMatch(Finding::permitsReady)) {
            state.plan().features().forEach(feature -> feature.serving(state, status));
        }
        var all = new ArrayList<Condition>(ready.conditions());
        findings.forEach(finding -> all.add(conditions.condition(finding)));
        return new StatusReport(
                status.build(state.environment().getMetadata().getGeneration(), all),
                findings,
                Stream.concat(ready.deadline().stream(), rechecks).min(Duration::compareTo));
    }

    private static List<Finding> withReservations(ReconciliationState state, List<Finding> findings) {
        return Stream.concat(
                        findings.stream(),
                        state.plan().features().stream().flatMap(feature -> feature.reservation(state).stream()))
                .toList();
    }
}
