package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.route.RouteFinding;
import com.recordsponge.operator.workload.Pods;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The status of an environment, as it follows from what was found.
 *
 * @param findings what the conditions were made from
 * @param lookAgain when time alone changes the status; empty when only news can
 */
record StatusReport(EnvironmentStatus status, List<Finding> findings, Optional<Duration> lookAgain) {

    static StatusReport of(
            RecordSpongeEnvironment environment,
            EnvironmentPlan plan,
            OwnedObjects children,
            List<Finding> findings,
            Details details,
            Instant now) {
        var before = environment.getStatus();
        var oldConditions = before == null || before.conditions() == null ? List.<Condition>of() : before.conditions();
        var generation = environment.getMetadata().getGeneration();
        var builder = new Conditions(oldConditions, generation, now);
        var verdict = ReadySummary.of(plan, findings, builder, oldConditions, SpecEdit.of(environment), now);
        var conditions = new ArrayList<>(verdict.conditions());
        findings.forEach(finding -> conditions.add(builder.condition(finding)));
        return new StatusReport(
                new EnvironmentStatus(
                        generation,
                        plan.url(),
                        RouteFinding.served(plan, children.ingresses()),
                        new EnvironmentStatus.Image(plan.spec().image().reference(), digest(children.pods())),
                        details.database(),
                        details.certificate(),
                        details.sessions(),
                        children.deployment().map(StatusReport::replicas).orElse(0),
                        selector(plan),
                        conditions),
                findings,
                verdict.deadline());
    }

    /** The same report, to be looked at again no later than the given time from now. */
    StatusReport sooner(Optional<Duration> other) {
        return new StatusReport(
                status,
                findings,
                Stream.concat(lookAgain.stream(), other.stream()).min(Duration::compareTo));
    }

    /** What the status tells beside conditions; null where there is nothing to tell. */
    record Details(
            EnvironmentStatus.Database database,
            EnvironmentStatus.Certificate certificate,
            EnvironmentStatus.Sessions sessions) {}

    private static Integer replicas(Deployment deployment) {
        return deployment.getStatus() == null || deployment.getStatus().getReplicas() == null
                ? 0
                : deployment.getStatus().getReplicas();
    }

    private static String selector(EnvironmentPlan plan) {
        return new TreeMap<>(Labels.selector(plan.name()))
                .entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(","));
    }

    private static String digest(Collection<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && pod.getStatus() != null)
                .sorted(Pods.NEWEST_FIRST)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .filter(container -> Boolean.TRUE.equals(container.getReady()))
                .map(ContainerStatus::getImageID)
                .filter(id -> id != null && id.contains("@"))
                .map(id -> id.substring(id.indexOf('@') + 1))
                .findFirst()
                .orElse(null);
    }
}
