package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What follows a push. */
class GitOpsClusterTest extends GitOpsTest {

    private static final String SMOKE_TEST = """
            apiVersion: batch/v1
            kind: Job
            metadata:
              generateName: %1$s-smoke-
              labels: {smoke-test-of: %1$s}
              annotations: {argocd.argoproj.io/hook: PostSync}
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  automountServiceAccountToken: false
                  securityContext: {runAsNonRoot: true, runAsUser: 65534, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: smoke-test
                    image: recordsponge/expungeservice:staging
                    command: [/usr/bin/python3, -c, "import urllib.request as r; assert r.urlopen(r.Request('http://traefik.kube-system/api/hello', headers={'Host': '%2$s'})).status == 200"]
                    securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
            """;

    GitOpsClusterTest() {
        super("site");
    }

    @AfterAll
    void deleteTheSmokeTests() {
        smokeTests().delete();
    }

    @Test
    @Order(1)
    void aPushBecomesASite() {
        assertThat(site.site().getOverHttp("/api/hello").status()).isEqualTo(200);
        assertThat(application.healthMessage("RecordSpongeEnvironment"))
                .isEqualTo("The site answers at http://%s.".formatted(site.host()));
    }

    @Test
    @Order(2)
    void theNextWaveWaitsUntilTheSiteIsReady() throws IOException {
        repository.write("site/after.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: %s-after
              annotations: {argocd.argoproj.io/sync-wave: "1"}
            """.formatted(site.name()));
        application.awaitCommit(push("prod", ""), "Healthy");

        assertNotBeforeReady(
                site.child(ConfigMap.class, site.name() + "-after").get().getMetadata());
    }

    @Test
    @Order(3)
    void aSmokeTestRunsOnceTheSiteAnswers() throws IOException {
        repository.write("site/smoke-test.yaml", SMOKE_TEST.formatted(site.name(), site.host()));
        application.awaitCommit(push("staging", ""), "Healthy");

        eventually(
                () -> assertThat(smokeTests().list().getItems()).singleElement().satisfies(job -> {
                    assertThat(job.getStatus().getSucceeded()).isEqualTo(1);
                    assertNotBeforeReady(job.getMetadata());
                }));
        application.awaitCommit(repository.remove("site/smoke-test.yaml").push(), "Healthy");
    }

    @Test
    @Order(4)
    void aPushReachesThePodsThroughAWebhook() throws IOException {
        application.awaitNoRefresh(argo);
        var pushed = Instant.now();
        var commit = push("prod", "");
        eventually(() -> assertThat(application.revision()).isEqualTo(commit));
        var noticed = Duration.between(pushed, Instant.now());
        eventually(() -> assertThat(site.site()
                        .getOverHttp("/api/whoami")
                        .json()
                        .path("build")
                        .asText())
                .startsWith("prod-"));

        var took = Duration.between(pushed, Instant.now());
        System.out.printf("From a push to Argo CD: %s, to an answer of the new image: %s%n", noticed, took);
        assertThat(took).as("sooner than Argo CD polls the repository").isLessThan(Duration.ofMinutes(1));
        application.awaitCommit(commit, "Healthy");
    }

    @Test
    @Order(5)
    void aBadImageIsDegradedAfterTheDeadlineAndHealthyAfterARevert() throws IOException {
        application.awaitCommit(push("no-such-tag", "progressDeadline: 10s\n"), "Degraded");

        eventually(() ->
                assertThat(application.healthMessage("RecordSpongeEnvironment")).startsWith("ImagePullBackOff: "));
        assertThat(site.site().getOverHttp("/api/hello").status()).isEqualTo(200);
        application.awaitCommit(push("prod", ""), "Healthy");
    }

    private void assertNotBeforeReady(ObjectMeta created) {
        assertThat(Instant.parse(created.getCreationTimestamp()))
                .isAfterOrEqualTo(
                        Instant.parse(site.condition("Ready").orElseThrow().getLastTransitionTime()));
    }

    private FilterWatchListDeletable<Job, JobList, ScalableResource<Job>> smokeTests() {
        return cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withLabel("smoke-test-of", site.name());
    }
}
