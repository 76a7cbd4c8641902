package com.recordsponge.operator.dev;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.golden.Manifests;
import com.recordsponge.operator.image.ReleaseDefaults;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.support.MarkdownPage;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/dev.md says truly in what an environment of tier dev differs from one of staging, and in what it does not. */
class DevPageTest {

    private static final MarkdownPage PAGE = MarkdownPage.read(Path.of("docs/dev.md"));

    private static final EnvironmentPlan DEV =
            environment().development().withTls().plan();
    private static final EnvironmentPlan STAGING = environment().withTls().plan();

    /** What each row of the table is about, in a plan. */
    private static final Map<String, Function<EnvironmentPlan, Object>> DIFFERENCES = Map.of(
            "source", plan -> volumes(pod(plan), PartPods.SOURCE),
            "server", plan -> pod(plan).getContainers().getFirst().getCommand(),
            "static files", plan -> names(plan).contains("staging-frontend"),
            "database", plan -> names(plan).contains("staging-postgres"),
            "TIER", plan -> variable(pod(plan), "TIER"),
            "automatic rollback", ReleaseDefaults::rollsBack);

    /** What the rows "source" and "server" add to the application's pods. */
    private static final Set<String> VOLUMES = Set.of(PartPods.SOURCE, "backend", "frontend");

    private static final Set<String> VARIABLES = Set.of("TIER", "RECORDSPONGE_LINKS");

    private static PodSpec pod(EnvironmentPlan plan) {
        return WorkloadObjects.deployment(plan).getSpec().getTemplate().getSpec();
    }

    private static long volumes(PodSpec pod, String name) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .count();
    }

    private static List<String> names(EnvironmentPlan plan) {
        return PartDeployments.deployments(plan).stream()
                .map(deployment -> deployment.getMetadata().getName())
                .toList();
    }

    private static String variable(PodSpec pod, String name) {
        return pod.getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTableHasExactlyTheKnownDifferences() {
        assertThat(PAGE.rowsOfTablesWith("staging, prod"))
                .extracting(row -> row.get(""))
                .containsExactlyInAnyOrderElementsOf(DIFFERENCES.keySet());
    }

    static Stream<String> differences() {
        return DIFFERENCES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("differences")
    void aRowOfTheTableIsADifference(String row) {
        assertThat(DIFFERENCES.get(row).apply(DEV))
                .isNotEqualTo(DIFFERENCES.get(row).apply(STAGING));
    }

    @Test
    void nothingElseOfTheApplicationsPodsIsDifferent() {
        var plan = environment()
                .with("tier", "dev")
                .with("dev", "{source: {claimName: tree}}")
                .withTls()
                .plan();
        assertThat(withoutKnownDifferences(plan)).isEqualTo(withoutKnownDifferences(STAGING));
    }

    private static DeploymentSpec withoutKnownDifferences(EnvironmentPlan plan) {
        var deployment = WorkloadObjects.deployment(plan).getSpec();
        var pod = deployment.getTemplate().getSpec();
        pod.getInitContainers().clear();
        pod.getVolumes().removeIf(volume -> VOLUMES.contains(volume.getName()));
        pod.getContainers().forEach(container -> {
            container.setCommand(List.of());
            container.getEnv().removeIf(variable -> VARIABLES.contains(variable.getName()));
            container.getVolumeMounts().removeIf(mount -> VOLUMES.contains(mount.getName()));
        });
        return deployment;
    }

    @Test
    void routesAndCertificatesAreTheSame() {
        for (var component : List.of(Component.ROUTE, Component.CERTIFICATE)) {
            assertThat(Manifests.byComponent(DEV).get(component))
                    .isEqualTo(Manifests.byComponent(STAGING).get(component));
        }
    }

    @Test
    void podSecurityAndProbesAreTheSame() {
        var dev = pod(DEV);
        var staging = pod(STAGING);
        assertThat(dev.getSecurityContext()).isEqualTo(staging.getSecurityContext());
        var application = dev.getContainers().getFirst();
        var other = staging.getContainers().getFirst();
        assertThat(application.getSecurityContext()).isEqualTo(other.getSecurityContext());
        assertThat(application.getStartupProbe()).isEqualTo(other.getStartupProbe());
        assertThat(application.getReadinessProbe()).isEqualTo(other.getReadinessProbe());
        assertThat(application.getLivenessProbe()).isEqualTo(other.getLivenessProbe());
        assertThat(application.getLifecycle()).isEqualTo(other.getLifecycle());
    }

    /** The policy of the application's pods is that of every tier; those of the parts add to it. */
    @Test
    void theNetworkPolicyIsTheSame() {
        assertThat(WorkloadObjects.networkPolicy(DEV).orElseThrow().getSpec().getIngress())
                .isEqualTo(WorkloadObjects.networkPolicy(STAGING)
                        .orElseThrow()
                        .getSpec()
                        .getIngress());
    }
}
