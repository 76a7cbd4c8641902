package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.Digest;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which form of the application answers requests now.
 *
 * @param serves whether any pod is ready
 * @param complete identifies the wanted form, if only its pods get requests; empty while others do
 * @param formerPodsServe whether the rollout is complete, but pods of another template or Deployment still get requests
 * @param settles for how long the ingress controller can still send requests to former pods
 * @param stranger a pod that gets requests although it is of none of the environment's Deployments
 */
public record ServedRevision(
        boolean serves,
        Optional<String> complete,
        boolean formerPodsServe,
        Duration settles,
        Optional<Stranger> stranger) {

    /**
     * A pod that gets requests.
     *
     * @param seen whether the operator sees the pod; otherwise it can also be one of ours that has just been deleted
     */
    public record Stranger(String pod, boolean seen) {}

    /** Of the EndpointSlice controller, on each slice; it copies the labels of the Service as well. */
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    /**
     * @param service name of the Service through which requests reach the pods
     * @param entrance name of the Deployment whose pods get the requests: the environment's, or one that passes them on to it
     * @param takeover how long the ingress controller needs to take over a change of endpoints
     */
    public static ServedRevision of(ReconciliationState state, String service, String entrance, Duration takeover) {
        var deployments = Stream.of(state.plan().name(), entrance)
                .distinct()
                .map(name -> state.owned().named(Deployment.class, name).filter(Rollouts::isComplete))
                .toList();
        var complete = deployments.stream().allMatch(Optional::isPresent);
        var endpoints = endpoints(state, service).toList();
        var pods = pods(state, pod -> DeploymentPods.include(entrance, pod));
        var ours = pods(state, pod -> DeploymentPods.include(state.plan().name(), pod) || Labels.areOfPart(pod));
        var known = endpoints.stream().filter(pods::containsKey).map(pods::get).toList();
        var present = presentTemplate(state.owned().named(Deployment.class, entrance), pods.values());
        var formerServe = complete
                && (endpoints.stream().anyMatch(name -> ours.containsKey(name) && !pods.containsKey(name))
                        || known.stream().anyMatch(pod -> isFormer(pod, present)));
        return new ServedRevision(
                serves(state.owned(), state.plan().name()),
                Optional.of(deployments)
                        .filter(_ -> complete && known.size() == endpoints.size() && !formerServe)
                        .map(ServedRevision::revision),
                formerServe,
                pods.values().stream()
                        .filter(pod -> isFormer(pod, present))
                        .map(pod -> settles(pod, takeover, state.now()))
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                endpoints.stream()
                        .filter(name -> !ours.containsKey(name))
                        .map(name -> new Stranger(
                                name, state.owned().named(Pod.class, name).isPresent()))
                        .filter(stranger -> stranger.seen() || complete)
                        .findFirst());
    }

    /** Whether any pod of an environment is ready. */
    public static boolean serves(OwnedObjects owned, String environment) {
        return owned.named(Deployment.class, environment)
                        .map(Deployment::getStatus)
                        .map(DeploymentStatus::getAvailableReplicas)
                        .orElse(0)
                > 0;
    }

    /**
     * Since when an environment that requires pods has none that is ready; empty if it has one, or requires none. A Deployment
     * that does not exist, or is new, says nothing about the pods before it: somebody can have deleted a former one.
     */
    public static Optional<Instant> unavailableSince(
            OwnedObjects owned, RecordSpongeEnvironment environment, Instant now) {
        var deployment = owned.named(Deployment.class, environment.getMetadata().getName());
        if (deployment.map(Deployment::getSpec).map(DeploymentSpec::getReplicas).equals(Optional.of(0))) {
            return Optional.empty();
        }
        return deployment
                .flatMap(ServedRevision::availability)
                .map(available -> since(available.getStatus(), available.getLastTransitionTime()))
                .orElseGet(() -> Optional.of(Optional.ofNullable(environment.getStatus())
                        .flatMap(status -> status.condition(Component.WORKLOAD.condition()))
                        .flatMap(available -> since(available.getStatus(), available.getLastTransitionTime()))
                        .orElse(now)));
    }

    private static Optional<Instant> since(String available, String lastTransition) {
        return Optional.of(lastTransition)
                .filter(_ -> !"True".equals(available))
                .map(Instant::parse);
    }

    /** The names of the pods that get requests. */
    private static Stream<String> endpoints(ReconciliationState state, String service) {
        return state.owned()
                .all(EndpointSlice.class)
                .filter(slice -> service.equals(labels(slice).get(SERVICE_NAME)))
                .flatMap(slice -> Objects.requireNonNullElse(slice.getEndpoints(), List.<Endpoint>of()).stream())
                .filter(endpoint -> endpoint.getConditions() == null
                        || !Boolean.FALSE.equals(endpoint.getConditions().getReady()))
                .map(Endpoint::getTargetRef)
                .filter(Objects::nonNull)
                .map(ObjectReference::getName)
                .sorted();
    }

    private static Map<String, String> labels(EndpointSlice slice) {
        return Objects.requireNonNullElse(slice.getMetadata().getLabels(), Map.of());
    }

    private static Optional<String> presentTemplate(Optional<Deployment> deployment, Collection<Pod> pods) {
        var kept = pods.stream()
                .filter(pod -> Rollouts.canRun(pod) && pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
        return deployment.flatMap(found -> DeploymentPods.presentTemplate(found, kept));
    }

    private static boolean isFormer(Pod pod, Optional<String> present) {
        return Rollouts.canRun(pod) && !present.equals(DeploymentPods.template(pod));
    }

    /** A pod's deletion timestamp is when its grace period ends. */
    private static Duration settles(Pod pod, Duration takeover, Instant now) {
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            return takeover;
        }
        var grace = Objects.requireNonNullElse(pod.getMetadata().getDeletionGracePeriodSeconds(), 0L);
        var deleted = Instant.parse(pod.getMetadata().getDeletionTimestamp()).minusSeconds(grace);
        var left = Duration.between(now, deleted.plus(takeover));
        return Duration.ofMillis(Math.clamp(left.toMillis(), 0, takeover.toMillis()));
    }

    /** The environment's pods of one kind, by name. */
    private static Map<String, Pod> pods(ReconciliationState state, Predicate<Pod> kind) {
        return state.owned()
                .all(Pod.class)
                .filter(kind)
                .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), Function.identity()));
    }

    /** Another one after each change of a Deployment, and after each time that its pods were unavailable. */
    private static String revision(List<Optional<Deployment>> deployments) {
        return deployments.stream()
                .flatMap(Optional::stream)
                .map(ServedRevision::revision)
                .collect(Collectors.joining("."));
    }

    private static String revision(Deployment deployment) {
        return Digest.of(Map.of(
                "uid",
                Objects.toString(deployment.getMetadata().getUid()),
                "generation",
                Objects.toString(deployment.getMetadata().getGeneration()),
                "available",
                availability(deployment)
                        .map(DeploymentCondition::getLastTransitionTime)
                        .orElse("")));
    }

    private static Optional<DeploymentCondition> availability(Deployment deployment) {
        return Optional.ofNullable(deployment.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> "Available".equals(condition.getType()))
                .findFirst();
    }
}
