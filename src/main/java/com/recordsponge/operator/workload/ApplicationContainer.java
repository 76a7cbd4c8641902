package com.recordsponge.operator.workload;

import com.recordsponge.operator.image.ImagePlan;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PodData;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the container that runs the application: Flask behind uWSGI. */
final class ApplicationContainer {

    static final String NAME = "app";

    /** The variable with the session signing key. */
    static final String SESSION_KEY = "SECRET_KEY";

    /**
     * Waits until the ingress controller has removed the pod from its endpoints, then until every request is answered.
     * On SIGTERM uWSGI lets its workers finish, but immediately stops the HTTP process that forwards their responses.
     */
    private static final String DRAIN =
            "sleep %d; while grep -q ':%04X [0-9A-F]*:[0-9A-F]* 01 ' /proc/net/tcp /proc/net/tcp6; do sleep 1; done"
                    .formatted(Deployments.DRAIN_SECONDS, WorkloadPlan.APPLICATION_PORT);

    private static final int START_PERIOD_SECONDS = 2;
    private static final int START_ATTEMPTS = 90;

    /** How long a container runs at least before the kubelet stops it because it has never answered. */
    static final Duration START = Duration.ofSeconds((START_ATTEMPTS - 1L) * START_PERIOD_SECONDS);

    private ApplicationContainer() {}

    static Container of(EnvironmentPlan plan, PodData sessionKey, int longestRequestSeconds) {
        var workload = plan.get(WorkloadPlan.class);
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(plan.get(ImagePlan.class).podImage())
                // A digest cannot change, and an image that only the node has cannot be pulled.
                .withImagePullPolicy("IfNotPresent")
                .withCommand(plan.pods().command())
                .addNewPort()
                .withName("http")
                .withContainerPort(WorkloadPlan.APPLICATION_PORT)
                .withProtocol("TCP")
                .endPort()
                .withEnv(variables(plan, workload, sessionKey, longestRequestSeconds))
                .withEnvFrom(sources(plan, workload))
                .withResources(resources(workload))
                .withStartupProbe(probe(START_PERIOD_SECONDS, START_ATTEMPTS))
                // Both uWSGI processes can be busy for as long as the longest request: that must neither remove the pod
                // from the route nor restart it.
                .withReadinessProbe(probe(5, longestRequestSeconds / 5 + 2))
                .withLivenessProbe(probe(30, longestRequestSeconds / 30 + 2))
                .withNewLifecycle()
                .withNewPreStop()
                .withNewExec()
                .withCommand("sh", "-c", DRAIN)
                .endExec()
                .endPreStop()
                .endLifecycle()
                .withSecurityContext(PodSecurity.container())
                .withVolumeMounts(PodVolumes.mounts(plan))
                .build();
    }

    /** The containers of features; one without an image runs the application's, with its variables. */
    static List<Container> beside(Container application, List<Container> containers) {
        return containers.stream()
                .map(container -> container.getImage() == null ? withImageOf(application, container) : container)
                .toList();
    }

    private static Container withImageOf(Container application, Container container) {
        var own = container.getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet());
        return container
                .edit()
                .withImage(application.getImage())
                .withImagePullPolicy(application.getImagePullPolicy())
                .addAllToEnv(application.getEnv().stream()
                        .filter(variable -> !own.contains(variable.getName()))
                        .toList())
                .withEnvFrom(application.getEnvFrom())
                .build();
    }

    private static Probe probe(int periodSeconds, int failureThreshold) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath("/api/hello")
                .withNewPort("http")
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failureThreshold)
                .build();
    }

    private static List<EnvVar> variables(
            EnvironmentPlan plan, WorkloadPlan workload, PodData sessionKey, int longestRequestSeconds) {
        var variables = new ArrayList<EnvVar>();
        variables.add(variable("TIER", workload.applicationTier()));
        sessionKey
                .copy()
                .ifPresent(copy -> variables.add(new EnvVarBuilder()
                        .withName(SESSION_KEY)
                        .withNewValueFrom()
                        .withNewSecretKeyRef(workload.sessionKey().key(), copy, null)
                        .endValueFrom()
                        .build()));
        var defaults = new TreeMap<String, String>();
        defaults.put("HOME", "/tmp");
        // By default uWSGI reloads on SIGTERM; with this it finishes its requests and exits.
        defaults.put("UWSGI_HOOK_MASTER_START", "unix_signal:15 gracefully_kill_them_all");
        defaults.put("UWSGI_WORKER_RELOAD_MERCY", Integer.toString(longestRequestSeconds));
        workload.env().forEach(variable -> defaults.remove(variable.name()));
        defaults.forEach((name, value) -> variables.add(variable(name, value)));
        workload.env().forEach(variable -> variables.add(variable(variable.name(), LiteralText.of(variable.value()))));
        variables.addAll(plan.pods().environment());
        return variables;
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static List<EnvFromSource> sources(EnvironmentPlan plan, WorkloadPlan workload) {
        var own = workload.envFrom().stream()
                .flatMap(source -> source.data().copy().stream().map(copy -> new EnvFromSourceBuilder()
                        .withPrefix(source.prefix())
                        .withNewSecretRef(copy, null)
                        .build()));
        return Stream.concat(own, plan.pods().environmentSources().stream()).toList();
    }

    /** Each is empty instead of null: the SDK's matcher fails where the container has what the plan no longer has. */
    private static ResourceRequirements resources(WorkloadPlan workload) {
        return workload.resources() == null
                ? null
                : new ResourceRequirementsBuilder()
                        .withRequests(
                                Objects.requireNonNullElse(workload.resources().requests(), Map.of()))
                        .withLimits(
                                Objects.requireNonNullElse(workload.resources().limits(), Map.of()))
                        .build();
    }
}
