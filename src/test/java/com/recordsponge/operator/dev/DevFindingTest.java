package com.recordsponge.operator.dev;

import static com.recordsponge.operator.api.v1.Component.DEVELOPMENT;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Finding.Kind;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the operator reports a developer's environment. */
class DevFindingTest {

    private static final Instant UNMOUNTED = Instant.parse("2026-01-01T00:00:00Z");

    /** The finding while the front end and PostgreSQL run, beside some pods. */
    private static Finding running(EnvironmentFixture environment, HasMetadata... pods) {
        var objects = new ArrayList<HasMetadata>(List.of(pods));
        var parts = rolledOut(environment);
        objects.addAll(parts);
        return environment.owns(parts).finding(DEVELOPMENT, objects.toArray(HasMetadata[]::new));
    }

    private static List<Deployment> rolledOut(EnvironmentFixture environment) {
        return PartDeployments.deployments(environment.plan()).stream()
                .map(ControllerWrites::rolledOut)
                .toList();
    }

    /** As the ReplicaSet of a part's Deployment creates it. */
    private static Pod pod(String part, String status) {
        var pod = Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: pod-of-%1$s
                  creationTimestamp: "2026-01-01T00:00:00Z"
                  labels: {pod-template-hash: abc}
                  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: staging-%1$s-abc, uid: "1"}]
                status: %2$s
                """.formatted(part, status), Pod.class);
        pod.getMetadata().getLabels().putAll(Labels.ofPart("staging", part));
        return pod;
    }

    @Test
    void nothingStartsWithoutTheClaimOfTheTree() {
        var environment = environment().development().source(SourceLookup.State.NOT_FOUND);
        assertThat(environment.plan().blocked(Component.WORKLOAD)).isTrue();
        assertThat(environment.finding(DEVELOPMENT))
                .isEqualTo(
                        Finding.failing(
                                DEVELOPMENT,
                                Reason.SOURCE_NOT_FOUND,
                                "PersistentVolumeClaim tree does not exist in namespace recordsponge; create it, or correct dev.source.claimName."));
    }

    @Test
    void aLostClaimIsReported() {
        assertThat(environment()
                        .development()
                        .source(SourceLookup.State.LOST)
                        .finding(DEVELOPMENT)
                        .reason())
                .isEqualTo(Reason.CLAIM_LOST);
    }

    @Test
    void everyPartRunsTheTree() {
        assertThat(running(environment().development()))
                .isEqualTo(Finding.ready(DEVELOPMENT, Reason.AVAILABLE, "The pods run the tree of claim tree."));
    }

    @Test
    void aFirstStartIsInProgress() {
        var finding = environment().development().finding(DEVELOPMENT);
        assertThat(finding.reason()).isEqualTo(Reason.ROLLING_OUT);
        assertThat(finding.kind()).isEqualTo(Kind.WORKING);
    }

    /** Else the environment would be Ready while the application's pods still serve the site. */
    @Test
    void aFrontEndIsStartingUntilTheSiteMovesToIt() {
        var environment = environment().development();
        var parts = rolledOut(environment).toArray(HasMetadata[]::new);
        assertThat(environment.finding(DEVELOPMENT, parts).reason()).isEqualTo(Reason.ROLLING_OUT);
    }

    /** A tree that pods cannot show is a failure; what only lags behind is a warning. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "backend; SourceFolderNotFound; /source/src/backend; FAILING; lacks src/backend.",
                "backend; SourceUnreadable; /source/src/backend/lib; FAILING; cannot read src/backend/lib of",
                "frontend; SourceReplaced; /source/src/frontend/src; FAILING; src/frontend/src of the tree of claim tree was replaced",
                "backend; SourceReplaced; /source; FAILING; The top folder of the tree",
                "backend; BackendEnded; code 1: ImportError; FAILING; code 1: ImportError",
                "frontend; FrontendEnded; code 1: Missing script; FAILING; The command of the front end ended with",
                "frontend; ProxyHostNotFound; backend; WARNING; names host backend, which does not resolve",
                "frontend; LockFileOutOfSync; Missing: left-pad@1 from lock file; WARNING; (Missing: left-pad@1 from lock file)",
                "frontend; InstallFailed; network; WARNING; cannot install the modules"
            })
    void aProblemOfTheTreeIsNamedWithItsRemedy(String part, String problem, String detail, Kind kind, String message) {
        var finding = running(environment()
                .development()
                .reports(part, "{\"problem\": \"%s\", \"detail\": \"%s\"}".formatted(problem, detail)));
        assertThat(finding.reason().toString()).isEqualTo(problem);
        assertThat(finding.kind()).isEqualTo(kind);
        assertThat(finding.message()).contains(message);
    }

    /** The supervisors tell them from others of the same reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "backend; FileUnreadable; /source/src/backend/.env; SourceUnreadable; cannot read src/backend/.env of the tree",
                "frontend; PreparationFailed; ENOSPC; InstallFailed; cannot be prepared from the tree of claim tree: \"ENOSPC\""
            })
    void whatThePodsDoWithoutIsAWarning(String part, String problem, String detail, String reason, String message) {
        var finding = running(environment()
                .development()
                .reports(part, "{\"problem\": \"%s\", \"detail\": \"%s\"}".formatted(problem, detail)));
        assertThat(finding.reason().toString()).isEqualTo(reason);
        assertThat(finding.kind()).isEqualTo(Kind.WARNING);
        assertThat(finding.message()).contains(message);
    }

    @Test
    void modulesThatCannotBeInstalledFailAFrontEndThatDoesNotRun() {
        var finding = environment()
                .development()
                .reports("frontend", "{\"problem\": \"InstallFailed\", \"detail\": \"ENOTFOUND\"}")
                .finding(
                        DEVELOPMENT,
                        ControllerWrites.rolledOut(PartDeployments.deployments(
                                        environment().development().plan())
                                .getLast()));
        assertThat(finding.reason()).isEqualTo(Reason.INSTALL_FAILED);
        assertThat(finding.kind()).isEqualTo(Kind.FAILING);
    }

    @Test
    void anImageOfAnotherPipfileIsAWarningWithTheCommandThatCuresIt() {
        var finding = running(environment().development().reports("backend", "{\"image\": \"outdated\"}"));
        assertThat(finding)
                .isEqualTo(
                        Finding.warning(
                                DEVELOPMENT,
                                Reason.IMAGE_OUTDATED,
                                "Image recordsponge/expungeservice:staging was built from another Pipfile.lock than the tree has. Run make backend_build."));
    }

    @Test
    void anImageWithoutEvidenceIsUnknownAndNoFailure() {
        var finding = running(environment().development().reports("backend", "{\"image\": \"unknown\"}"));
        assertThat(finding.isReady()).isTrue();
        assertThat(finding.message()).contains("Whether the image fits its Pipfile.lock is unknown");
    }

    @Test
    void pollingForLackOfWatchesIsAWarning() {
        assertThat(running(environment().development().reports("frontend", "{\"polling\": true}"))
                        .reason())
                .isEqualTo(Reason.INOTIFY_LIMIT_LOW);
    }

    @Test
    void aFailedScriptIsNamedWithTheServersWords() {
        var finding = running(environment().development(), pod("postgres", """
                {initContainerStatuses: [{name: initdb, ready: true, state: {terminated: {exitCode: 0, message: "failed\\ncreate.sql\\nERROR:  relation \\\\"a\\\\" exists\\n"}}}]}
                """.replace("\\\\\"", "\\\"")
                .strip()));
        assertThat(finding.reason()).isEqualTo(Reason.INITDB_FAILED);
        assertThat(finding.kind()).isEqualTo(Kind.WARNING);
        assertThat(finding.message())
                .startsWith("Script create.sql of config/postgres failed: \"ERROR: relation 'a' exists\".")
                .endsWith(
                        "Correct it and run make initdb, or give the annotation recordsponge.com/initdb a new value.");
    }

    @Test
    void scriptsThatPostgresCannotReadAreNamed() {
        var finding = running(environment().development(), initdb("unreadable\\n/source/config"));
        assertThat(finding.reason()).isEqualTo(Reason.INITDB_FAILED);
        assertThat(finding.kind()).isEqualTo(Kind.WARNING);
        assertThat(finding.message()).startsWith("PostgreSQL's pod cannot read config of the tree of claim tree");
    }

    @ParameterizedTest
    @CsvSource({
        "none, The tree has no folder config/postgres",
        "empty, Its folder config/postgres has no scripts",
        "changed, The files of config/postgres are others"
    })
    void whatOneMayNotExpectOfTheScriptsIsToldAndNoFailure(String outcome, String words) {
        var finding = running(environment().development(), initdb(outcome));
        assertThat(finding.reason()).isEqualTo(Reason.AVAILABLE);
        assertThat(finding.message()).contains(words);
    }

    private static Pod initdb(String message) {
        return pod(
                "postgres",
                "{initContainerStatuses: [{name: initdb, ready: true, state: {terminated: {exitCode: 0, message: \"%s\\n\"}}}]}"
                        .formatted(message));
    }

    @Test
    void dataOfAnotherVersionIsAFailure() {
        var finding = running(
                environment().development(),
                pod(
                        "postgres",
                        "{initContainerStatuses: [{name: initdb, ready: false, lastState: {terminated: {exitCode: 1, message: \"incompatible\\n16\\n17\\n\"}}}]}"));
        assertThat(finding.reason()).isEqualTo(Reason.DATA_INCOMPATIBLE);
        assertThat(finding.message()).contains("data of PostgreSQL 16, which PostgreSQL 17 of");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{containerStatuses: [{name: node, image: 'node:18', ready: false, state: {waiting: {reason: ImagePullBackOff, message: not found}}}]}; ImagePullBackOff; Push the image, or correct its tag in spec.dev.frontend.image.",
                "{containerStatuses: [{name: node, image: 'node:18', ready: false, state: {waiting: {reason: ErrImagePull, message: 429 Too Many Requests}}}]}; ImagePullBackOff; name its Secret in spec.imagePullSecrets.",
                "{containerStatuses: [{name: node, image: 'node:18', ready: false, state: {waiting: {reason: ErrImageNeverPull, message: is not present with pull policy of Never}}}]}; ImagePullBackOff; Load the image on the node",
                "{containerStatuses: [{name: node, ready: false, state: {waiting: {reason: CreateContainerError, message: no command specified}}}]}; CreateContainerError; Correct what the message names",
                "{containerStatuses: [{name: node, ready: false, state: {waiting: {reason: CreateContainerConfigError, message: failed to prepare subPath for volumeMount}}}]}; SourceFolderNotFound; src/frontend/public",
                "{containerStatuses: [{name: node, ready: false, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}]}; OOMKilled; ran out of memory",
                "{containerStatuses: [{name: node, ready: false, lastState: {terminated: {exitCode: 1}}}]}; CrashLoopBackOff; exits with code 1. See kubectl logs pod-of-frontend -c node --previous",
                "{conditions: [{type: PodScheduled, status: 'False', message: node affinity}]}; FailedScheduling; a local volume ties its pods to its node"
            })
    void aPodThatDoesNotStartIsNamed(String status, String reason, String message) {
        var finding = environment().development().finding(DEVELOPMENT, pod("frontend", status));
        assertThat(finding.reason().toString()).isEqualTo(reason);
        assertThat(finding.message()).contains("od-of-frontend", message);
    }

    /** Such as a tree that was moved: the kubelet names it only in Events. */
    @ParameterizedTest
    @CsvSource({"staging", "staging-postgres"})
    void aPodWhoseVolumesAreNotMountedIsNamedAfterAMoment(String deployment) {
        var environment = environment().development();
        var pod = unmounted(deployment);
        assertThat(environment
                        .finding(DEVELOPMENT, UNMOUNTED.plusSeconds(29), environment.plan(), pod)
                        .reason())
                .isEqualTo(Reason.ROLLING_OUT);
        var state = environment.state(environment.plan(), UNMOUNTED.plusSeconds(29), pod);
        assertThat(UnmountedPods.remaining(state.owned(), List.of(deployment), state.now()))
                .hasValue(Duration.ofSeconds(1));
        var finding = environment.finding(DEVELOPMENT, UNMOUNTED.plusSeconds(30), environment.plan(), pod);
        assertThat(finding.reason()).isEqualTo(Reason.FAILED_MOUNT);
        assertThat(finding.message()).contains("The folder of the volume of claim tree may be missing");
    }

    private static Pod unmounted(String deployment) {
        var pod = pod(
                "any",
                "{conditions: [{type: PodScheduled, status: 'True'}, {type: PodReadyToStartContainers, status: 'False', lastTransitionTime: '%s'}]}"
                        .formatted(UNMOUNTED));
        pod.getMetadata().getOwnerReferences().getFirst().setName(deployment + "-abc");
        return pod;
    }

    @Test
    void aCopyOfAPodIsNotThePartsPod() {
        var copy = pod("frontend", "{conditions: [{type: PodScheduled, status: 'False', message: node affinity}]}");
        copy.getMetadata().setOwnerReferences(List.of());
        assertThat(running(environment().development(), copy).reason()).isEqualTo(Reason.AVAILABLE);
    }

    @Test
    void podsContinueWithTheLastUsableCertificates() {
        var environment = environment()
                .development()
                .with("dev.frontend", "{caConfigMapRef: {name: ca}}")
                .configMap("ca", Map.of("ca.crt", "certificate"));
        var copies = PartCopyDependentResource.copies(environment.plan());
        var finding = running(environment.owns(copies).withoutConfigMap("ca"));
        assertThat(finding.reason()).isEqualTo(Reason.CONFIG_MAP_NOT_FOUND);
        assertThat(finding.kind()).isEqualTo(Kind.WARNING);
        assertThat(finding.message())
                .contains("ConfigMap ca", copies.getFirst().getMetadata().getName());
    }

    @ParameterizedTest
    @CsvSource({
        "other.crt, 1, CONFIG_MAP_INCOMPLETE, has no key ca.crt",
        "ca.crt, 262145, CONFIG_MAP_INVALID, Key ca.crt of"
    })
    void theReasonNamesTheConfigMapOfCertificates(String key, int length, Reason reason, String part) {
        var environment = environment()
                .development()
                .with("dev.frontend", "{caConfigMapRef: {name: ca}}")
                .configMap("ca", Map.of(key, "x".repeat(length)));
        assertThat(environment.plan().blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.reason()).isEqualTo(reason);
            assertThat(blocker.message()).contains("ConfigMap ca", part);
        });
    }

    @Test
    void suspendingDoesNotWaitForTheTree() {
        var plan = environment()
                .development()
                .source(SourceLookup.State.NOT_FOUND)
                .with("suspend", "true")
                .plan();
        assertThat(plan.blocked(DEVELOPMENT)).isFalse();
    }

    @Test
    void aSuspendedEnvironmentNeedsNothing() {
        var suspended = environment().development().with("suspend", "true");
        assertThat(suspended.finding(DEVELOPMENT).isReady()).isTrue();
        assertThat(PartDeployments.deployments(suspended.plan()))
                .allMatch(deployment -> deployment.getSpec().getReplicas() == 0);
    }

    @Test
    void theStatusKeepsAWatchersLastResultWhileItsPodIsAway() {
        var environment = environment()
                .development()
                .reports(
                        "watch-tests",
                        "{\"result\": \"failed\", \"passed\": 3, \"failed\": 1, \"at\": \"2026-01-01T00:00:00Z\"}");
        var status = environment.statusOf(DEVELOPMENT);
        var failed = new EnvironmentStatus.Watcher("tests", "Failed", 3, 1, "2026-01-01T00:00:00Z");
        assertThat(status.dev().watchers()).containsExactly(failed);

        var later = environment().development().status(status);
        assertThat(later.statusOf(DEVELOPMENT).dev().watchers()).containsExactly(failed);
    }
}
