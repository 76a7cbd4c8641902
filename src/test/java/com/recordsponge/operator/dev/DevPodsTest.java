package com.recordsponge.operator.dev;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pods of a developer's environment. */
class DevPodsTest {

    private static List<PodSpec> pods(EnvironmentPlan plan) {
        return Stream.concat(Stream.of(WorkloadObjects.deployment(plan)), PartDeployments.deployments(plan).stream())
                .map(deployment -> deployment.getSpec().getTemplate().getSpec())
                .toList();
    }

    private static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    private static Container container(PodSpec pod, String name) {
        return containers(pod)
                .filter(container -> container.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Images of node and PostgreSQL can be private, too, or need the limit of an account. */
    @Test
    void allPodsPullWithTheAccountsOfTheEnvironment() {
        var pods = pods(environment()
                .development()
                .with("imagePullSecrets", "[{name: hub}, {name: private}]")
                .plan());
        assertThat(pods).hasSize(3).allSatisfy(pod -> assertThat(pod.getImagePullSecrets())
                .extracting(LocalObjectReference::getName)
                .containsExactly("hub", "private"));
    }

    /** Where only the mounts are read-only, the kubelet changes the group and mode of every file. */
    @Test
    void noPodCanChangeTheTree() {
        var pods = pods(environment().development().plan());
        assertThat(pods).hasSize(3).allSatisfy(pod -> {
            assertThat(pod.getVolumes())
                    .filteredOn(volume -> volume.getPersistentVolumeClaim() != null
                            && volume.getPersistentVolumeClaim().getClaimName().equals("tree"))
                    .singleElement()
                    .satisfies(volume -> assertThat(
                                    volume.getPersistentVolumeClaim().getReadOnly())
                            .isTrue());
            assertThat(containers(pod).flatMap(container -> container.getVolumeMounts().stream()))
                    .filteredOn(mount -> mount.getName().equals(PartPods.SOURCE))
                    .isNotEmpty()
                    .allMatch(VolumeMount::getReadOnly);
        });
    }

    @Test
    void theBackEndsWatchersRunTheApplicationsImageWithItsVariables() {
        var pod = pods(environment().development().plan()).getFirst();
        var application = pod.getContainers().getFirst();
        var watcher = container(pod, "watch-tests");
        assertThat(watcher.getImage()).isEqualTo(application.getImage());
        assertThat(watcher.getEnv()).containsAll(application.getEnv());
        assertThat(watcher.getEnvFrom()).isEqualTo(application.getEnvFrom());
        assertThat(watcher.getCommand()).endsWith("9101", "pytest");
    }

    @Test
    void everySupervisorOfAPodReportsAtItsOwnPort() {
        var plan = environment().development().plan();
        assertThat(pods(plan).getFirst().getContainers().getFirst().getCommand())
                .contains("9100");
        assertThat(container(pods(plan).get(1), "node").getCommand()).contains("9100");
        assertThat(container(pods(plan).get(1), "watch-ui").getCommand()).contains("9102");
    }

    @Test
    void aCommandReachesItsContainerAsItIsWritten() {
        var plan = environment()
                .development()
                .with("dev.backend", "{command: [sh, -c, 'echo $(HOME) $$']}")
                .plan();
        assertThat(pods(plan).getFirst().getContainers().getFirst().getCommand())
                .endsWith("echo $$(HOME) $$$$");
    }

    /** They start although the application waits, for example for its image. */
    @Test
    void nothingThatAPartsPodsMountWaitsForTheApplication() {
        var plan = environment()
                .development()
                .with("dev.frontend", "{caConfigMapRef: {name: ca}}")
                .configMap("ca", Map.of("ca.crt", "certificate"))
                .plan();
        var made = Stream.concat(DevObjects.of(plan).stream(), PostgresSecrets.secrets(plan, new Random(1)).stream())
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
        assertThat(PartDeployments.deployments(plan))
                .hasSize(2)
                .flatExtracting(deployment ->
                        mounted(deployment.getSpec().getTemplate().getSpec()).toList())
                .isSubsetOf(Stream.concat(made.stream(), Stream.of("PersistentVolumeClaim/tree"))
                        .toList());
    }

    private static Stream<String> mounted(PodSpec pod) {
        return Stream.of(
                        SecretsInUse.names(pod).map("Secret/"::concat),
                        pod.getVolumes().stream()
                                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                                .map(volume -> "PersistentVolumeClaim/"
                                        + volume.getPersistentVolumeClaim().getClaimName()),
                        pod.getVolumes().stream()
                                .filter(volume -> volume.getConfigMap() != null)
                                .map(volume ->
                                        "ConfigMap/" + volume.getConfigMap().getName()))
                .flatMap(Function.identity());
    }

    @Test
    void nothingOfItIsInAnEnvironmentWithoutDev() {
        var plan = environment().plan();
        assertThat(DevObjects.of(plan)).isEmpty();
        assertThat(WorkloadObjects.deployment(plan)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers())
                .singleElement()
                .satisfies(container -> assertThat(container.getCommand()).isEmpty());
    }

    @Test
    void theApplicationsServiceSelectsNoOtherPart() {
        var environment = environment().development();
        assertThat(PartDeployments.deployments(environment.plan()))
                .extracting(deployment ->
                        deployment.getSpec().getTemplate().getMetadata().getLabels())
                .noneMatch(labels ->
                        labels.entrySet().containsAll(Labels.selector("staging").entrySet()));
    }

    /** Else the site would answer 503 for the minutes of the first installation. */
    @Test
    void theSiteMovesToTheFrontEndOnceThatHasAnswered() {
        var environment = environment().development();
        assertThat(Entrance.selector(environment.plan())).isEqualTo(Labels.selector("staging"));

        var frontend = PartDeployments.deployments(environment.plan()).getFirst();
        assertThat(Entrance.selector(
                        having(ControllerWrites.rolledOut(frontend)).plan()))
                .isEqualTo(Labels.selectorOfPart("staging", "frontend"));
    }

    private static EnvironmentFixture having(Deployment frontend) {
        return environment().development().owns(List.of(frontend));
    }

    @Test
    void aRequestForInitdbStartsThePodOfPostgresAnew() {
        var before = postgres(environment().development());
        var requested = postgres(environment().development().annotated("recordsponge.com/initdb", "today"));
        assertThat(requested.getSpec().getTemplate())
                .isNotEqualTo(before.getSpec().getTemplate());
    }

    @Test
    void anotherPasswordStartsThePodOfPostgresAnew() {
        var before = postgres(environment().development());
        var changed = postgres(environment()
                .development()
                .secret("staging-postgres", Map.of("username", "postgres", "password", "other")));
        assertThat(changed.getSpec().getTemplate())
                .isNotEqualTo(before.getSpec().getTemplate());
    }

    @Test
    void postgresWaitsForItsCredentials() {
        assertThat(PartDeployments.deployments(environment()
                        .development()
                        .withoutSecret("staging-postgres")
                        .plan()))
                .extracting(deployment -> deployment.getMetadata().getName())
                .containsExactly("staging-frontend");
    }

    @Test
    void claimsGoWithTheEnvironmentOnlyByPolicy() {
        assertThat(PartClaims.claims(environment().development().plan()))
                .hasSize(2)
                .allMatch(claim -> claim.getMetadata().getOwnerReferences().isEmpty());
        assertThat(PartClaims.claims(environment()
                        .development()
                        .with("dev.storagePolicy", "Delete")
                        .plan()))
                .hasSize(2)
                .allMatch(claim -> claim.getMetadata()
                        .getOwnerReferences()
                        .getFirst()
                        .getUid()
                        .equals("uid-of-staging"));
    }

    private static Deployment postgres(EnvironmentFixture environment) {
        return PartDeployments.deployments(environment.plan()).getLast();
    }
}
