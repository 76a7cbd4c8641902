package com.recordsponge.operator.environment;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Problem;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.ForeignObjectException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What failed to be applied, as problems of the steps it belongs to. */
final class Failures {

    /** By the names of the workflow's dependents; everything else belongs to the workload. */
    private static final Map<String, Step> STEPS = Map.of(
            "connection", Step.DATABASE,
            "database-service", Step.DATABASE,
            "database-endpoint", Step.DATABASE,
            "sessions", Step.SESSIONS,
            "certificate", Step.CERTIFICATE,
            "service", Step.ROUTE,
            "middleware", Step.ROUTE,
            "transport", Step.ROUTE,
            "ingress", Step.ROUTE);

    private Failures() {}

    /** @param errors by the name of the dependent that failed */
    static EnvironmentPlan in(EnvironmentPlan plan, Map<String, Exception> errors) {
        for (var error : errors.entrySet()) {
            plan = plan.with(problem(STEPS.getOrDefault(error.getKey(), Step.WORKLOAD), error.getValue()));
        }
        return plan;
    }

    private static Problem problem(Step step, Exception failure) {
        return causes(failure)
                .filter(ForeignObjectException.class::isInstance)
                .findFirst()
                .map(foreign -> new Problem(step, Problem.CONFLICTING_OBJECT, foreign.getMessage()))
                .orElseGet(() ->
                        new Problem(step, Problem.APPLY_FAILED, "The API server refused: " + apiMessage(failure)));
    }

    private static String apiMessage(Exception failure) {
        return causes(failure)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .filter(e -> e.getStatus() != null && e.getStatus().getMessage() != null)
                .map(e -> e.getStatus().getMessage())
                .findFirst()
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
