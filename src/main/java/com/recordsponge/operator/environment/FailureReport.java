package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.Refusals;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The status after a reconciliation that failed before the components could report: the last one, but not Ready. */
final class FailureReport {

    /** Consecutive failures that are not yet reported if the spec has not changed: the API server can be restarting. */
    private static final int TRANSIENT_FAILURES = 2;

    private FailureReport() {}

    /** @param failures how many reconciliations in a row have failed */
    static boolean isDue(RecordSpongeEnvironment environment, int failures) {
        return failures > TRANSIENT_FAILURES || SpecEdit.of(environment).unseen();
    }

    static EnvironmentStatus status(RecordSpongeEnvironment environment, Exception failure, Instant now) {
        var generation = environment.getMetadata().getGeneration();
        var last = Optional.ofNullable(environment.getStatus());
        var conditions = new Conditions(environment, now);
        var message = message(failure);
        var summary = new ArrayList<>(
                ReadySummary.conditions(conditions, false, true, false, Reason.RECONCILE_FAILED, message));
        conditions
                .last(ConditionType.SUSPENDED)
                .filter(suspended -> "True".equals(suspended.getStatus()))
                .ifPresent(suspended -> summary.set(summary.size() - 1, suspended));
        var components = last.map(EnvironmentStatus::conditions).stream()
                .flatMap(List::stream)
                .filter(condition ->
                        summary.stream().noneMatch(same -> same.getType().equals(condition.getType())));
        return last.orElseGet(() -> new EnvironmentStatus.Builder().build(generation, List.of()))
                .with(generation, Stream.concat(summary.stream(), components).toList());
    }

    /** Only the API server's own message: that of another exception can contain data that a status must not show. */
    private static String message(Exception failure) {
        return failure instanceof KubernetesClientException
                ? "The operator cannot reconcile this environment and retries: " + Refusals.message(failure)
                : "The operator cannot reconcile this environment and retries: %s; see its log."
                        .formatted(failure.getClass().getSimpleName());
    }
}
