package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
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
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Builds the container that runs the application: Flask behind uWSGI. */
final class ApplicationContainer {

    static final String NAME = "app";

    /**
     * Waits until the ingress controller has taken the pod out of its list, then until every request is answered: told to
     * stop, uWSGI lets its workers finish but ends at once the HTTP process that the answers go through.
     */
    private static final String DRAIN =
            "sleep %d; while grep -q ':%04X [0-9A-F]*:[0-9A-F]* 01 ' /proc/net/tcp /proc/net/tcp6; do sleep 1; done"
                    .formatted(Deployments.DRAIN_SECONDS, EnvironmentPlan.APPLICATION_PORT);

    private ApplicationContainer() {}

    static Container of(EnvironmentPlan plan, int longestRequestSeconds) {
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(plan.spec().image().reference())
                .withImagePullPolicy(plan.spec().image().digest() == null ? "Always" : "IfNotPresent")
                .addNewPort()
                .withName("http")
                .withContainerPort(EnvironmentPlan.APPLICATION_PORT)
                .withProtocol("TCP")
                .endPort()
                .withEnv(variables(plan, longestRequestSeconds))
                .withEnvFrom(sources(plan))
                .withResources(resources(plan))
                .withStartupProbe(probe(2, 90))
                // Both uWSGI processes may be busy for as long as a request may take: no reason to lose the route or to
                // be restarted.
                .withReadinessProbe(probe(5, longestRequestSeconds / 5 + 2))
                .withLivenessProbe(probe(30, longestRequestSeconds / 30 + 2))
                .withNewLifecycle()
                .withNewPreStop()
                .withNewExec()
                .withCommand("sh", "-c", DRAIN)
                .endExec()
                .endPreStop()
                .endLifecycle()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(PodVolumes.mounts(plan))
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

    private static List<EnvVar> variables(EnvironmentPlan plan, int longestRequestSeconds) {
        var variables = new ArrayList<EnvVar>();
        variables.add(variable("TIER", plan.applicationTier()));
        variables.add(new EnvVarBuilder()
                .withName("SECRET_KEY")
                .withNewValueFrom()
                .withNewSecretKeyRef(plan.secretKey().key(), plan.secretKey().name(), null)
                .endValueFrom()
                .build());
        var own = plan.spec().env() == null
                ? List.<com.recordsponge.operator.api.v1.EnvVar>of()
                : plan.spec().env();
        var defaults = new TreeMap<String, String>();
        defaults.put("HOME", "/tmp");
        // uWSGI takes SIGTERM for «reload» unless told otherwise; this makes it finish its requests and exit.
        defaults.put("UWSGI_HOOK_MASTER_START", "unix_signal:15 gracefully_kill_them_all");
        defaults.put("UWSGI_WORKER_RELOAD_MERCY", Integer.toString(longestRequestSeconds));
        own.forEach(variable -> defaults.remove(variable.name()));
        defaults.forEach((name, value) -> variables.add(variable(name, value)));
        own.forEach(variable -> variables.add(variable(variable.name(), variable.value())));
        return variables;
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static List<EnvFromSource> sources(EnvironmentPlan plan) {
        var sources = new ArrayList<EnvFromSource>();
        if (plan.spec().envFrom() != null) {
            for (var source : plan.spec().envFrom()) {
                var builder = new EnvFromSourceBuilder().withPrefix(source.prefix());
                sources.add(
                        source.secretRef() != null
                                ? builder.withNewSecretRef(source.secretRef().name(), null)
                                        .build()
                                : builder.withNewConfigMapRef(
                                                source.configMapRef().name(), null)
                                        .build());
            }
        }
        if (plan.database() != null) {
            sources.add(new EnvFromSourceBuilder()
                    .withNewSecretRef(plan.databaseObject(), null)
                    .build());
        }
        return sources;
    }

    private static ResourceRequirements resources(EnvironmentPlan plan) {
        var resources = plan.spec().resources();
        return resources == null
                ? null
                : new ResourceRequirementsBuilder()
                        .withRequests(resources.requests())
                        .withLimits(resources.limits())
                        .build();
    }
}
