package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.ForeignObjectException;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What failed to be applied, as problems of the steps it belongs to. */
final class ApplyFailures {

    /** By the names of the workflow's dependents; everything else belongs to the workload. */
    private static final Map<String, Component> STEPS = Map.of(
            "connection", Component.DATABASE,
            "database-service", Component.DATABASE,
            "database-endpoint", Component.DATABASE,
            "sessions", Component.SESSIONS,
            "certificate", Component.CERTIFICATE,
            "service", Component.ROUTE,
            "middleware", Component.ROUTE,
            "transport", Component.ROUTE,
            "ingress", Component.ROUTE);

    private ApplyFailures() {}

    /** @param errors by the name of the dependent that failed */
    static EnvironmentPlan in(EnvironmentPlan plan, Map<String, Exception> errors) {
        for (var error : errors.entrySet()) {
            plan = plan.with(problem(STEPS.getOrDefault(error.getKey(), Component.WORKLOAD), error.getValue()));
        }
        return plan;
    }

    private static Blocker problem(Component step, Exception failure) {
        return causes(failure)
                .filter(ForeignObjectException.class::isInstance)
                .findFirst()
                .map(foreign -> new Blocker(step, Blocker.CONFLICTING_OBJECT, foreign.getMessage()))
                .orElseGet(() ->
                        new Blocker(step, Blocker.APPLY_FAILED, "The API server refused: " + apiMessage(failure)));
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
