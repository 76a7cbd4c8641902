package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.workload.Rollout.starting;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which form of the application answers, as far as Deployment, pods and EndpointSlices say. */
class ServedRevisionTest {

    private static final String SERVICE = "staging-service";
    private static final EnvironmentFixture SITE = environment();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TAKEOVER = Duration.ofSeconds(3);

    private static Rollout complete() {
        return Rollout.of(SITE).counts(1, 1, 1).pod("current", starting());
    }

    private static ServedRevision of(Rollout rollout, EndpointSlice... slices) {
        return of(START, rollout, slices);
    }

    private static ServedRevision of(Instant now, Rollout rollout, EndpointSlice... slices) {
        var objects = new ArrayList<HasMetadata>(List.of(rollout.deployment()));
        objects.addAll(rollout.pods());
        objects.addAll(List.of(slices));
        return ServedRevision.of(
                SITE.state(SITE.plan(), now, objects.toArray(HasMetadata[]::new)),
                SERVICE,
                SITE.plan().name(),
                TAKEOVER);
    }

    private static EndpointSlice slice(String service, Boolean ready, String... pods) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(service + "-" + String.join("-", pods))
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withEndpoints(Arrays.stream(pods)
                        .map(pod -> new EndpointBuilder()
                                .withNewConditions()
                                .withReady(ready)
                                .endConditions()
                                .withNewTargetRef()
                                .withKind("Pod")
                                .withName(pod)
                                .endTargetRef()
                                .build())
                        .toList())
                .build();
    }

    private static EndpointSlice ready(String... pods) {
        return slice(SERVICE, true, pods);
    }

    @Test
    void aCompleteRolloutHasARevision() {
        assertThat(of(complete(), ready("current")).complete()).isPresent();
        assertThat(of(complete(), ready("current"))).isEqualTo(of(complete(), ready("current")));
        assertThat(of(complete()).serves()).isTrue();
    }

    @Test
    void soHasOneOfAFormerTemplate() {
        var returned = complete().returnedToFormerTemplate();
        assertThat(of(returned, ready("current")).complete()).isPresent();
        assertThat(of(returned, ready("current")).formerPodsServe()).isFalse();
    }

    @Test
    void aRolloutInProgressHasNone() {
        var served = of(Rollout.of(SITE).counts(2, 1, 1), ready());
        assertThat(served.complete()).isEmpty();
        assertThat(served.serves()).isTrue();
    }

    @Test
    void nothingServesWithoutAnAvailablePod() {
        assertThat(of(Rollout.of(SITE).counts(1, 1, null)).serves()).isFalse();
        assertThat(ServedRevision.of(
                                SITE.state(SITE.plan(), Instant.EPOCH),
                                SERVICE,
                                SITE.plan().name(),
                                TAKEOVER)
                        .serves())
                .isFalse();
    }

    @Test
    void anEditOfTheDeploymentIsAnotherRevision() {
        var edited = Rollout.of(SITE).counts(1, 1, 1).generation(4L);
        assertThat(of(edited).complete())
                .isPresent()
                .isNotEqualTo(of(complete()).complete());
    }

    @Test
    void aSiteThatIsAvailableAgainIsAskedAgain() {
        var before = of(complete().available("2026-01-01T00:00:00Z"));
        var after = of(complete().available("2026-01-01T00:05:00Z"));
        assertThat(after.complete()).isPresent().isNotEqualTo(before.complete());
    }

    @Test
    void formerPodsServeUntilNoEndpointIsOfAnotherTemplate() {
        for (var former : List.of(former(running()), former(deletedAt(START)))) {
            var served = of(complete().pod("former", former), ready("current", "former"));
            assertThat(served.complete()).isEmpty();
            assertThat(served.formerPodsServe()).isTrue();
            assertThat(served.stranger()).isEmpty();
        }
    }

    @Test
    void anAnswerCountsOnceTheIngressControllerHasTakenFormerPodsOut() {
        var stopping = complete().pod("former", former(deletedAt(START)));
        for (var seconds = 0; seconds < 5; seconds++) {
            var served = of(START.plusSeconds(seconds), stopping, ready("current"), slice(SERVICE, false, "former"));
            assertThat(served.complete()).isPresent();
            assertThat(served.settles()).isEqualTo(Duration.ofSeconds(Math.max(0, 3 - seconds)));
        }
    }

    @Test
    void aClockThatIsBehindDoesNotLengthenTheWait() {
        var stopping = complete().pod("former", former(deletedAt(START)));
        assertThat(of(START.minusSeconds(300), stopping, ready("current")).settles())
                .isEqualTo(TAKEOVER);
    }

    @Test
    void nobodyWaitsForPodsOfTheSameTemplateOrWithoutProcesses() {
        var moved = complete().pod("moved", deletedAt(START));
        var evicted = complete().pod("evicted", former(pod -> pod.editStatus()
                .withPhase("Failed")
                .endStatus()));
        for (var rollout : List.of(complete(), moved, evicted)) {
            var served = of(START, rollout, ready("current"));
            assertThat(served.complete()).isPresent();
            assertThat(served.settles()).isZero();
        }
    }

    @Test
    void afterARollbackTheOlderPodsServe() {
        var rolledBack = complete().pod("failed", former(pod -> deletedAt(START)
                .accept(pod.editMetadata()
                        .withCreationTimestamp("2026-01-02T00:00:00Z")
                        .endMetadata())));
        assertThat(of(rolledBack, ready("current")).complete()).isPresent();
    }

    private static Consumer<PodBuilder> running() {
        return _ -> {};
    }

    /** As the API server writes it: the time at which the grace period ends. */
    private static Consumer<PodBuilder> deletedAt(Instant time) {
        return pod -> pod.editMetadata()
                .withDeletionTimestamp(time.plusSeconds(325).toString())
                .withDeletionGracePeriodSeconds(325L)
                .endMetadata();
    }

    private static Consumer<PodBuilder> former(Consumer<PodBuilder> state) {
        return pod -> {
            pod.editMetadata()
                    .withCreationTimestamp("2025-12-31T00:00:00Z")
                    .addToLabels(DeploymentPods.TEMPLATE_HASH, "former")
                    .withOwnerReferences(new OwnerReferenceBuilder()
                            .withKind("ReplicaSet")
                            .withName("staging-former")
                            .build())
                    .endMetadata();
            state.accept(pod);
        };
    }

    @Test
    void anEndpointThatIsNotReadyGetsNoRequests() {
        var served = of(complete(), ready("current"), slice(SERVICE, false, "former"));
        assertThat(served.complete()).isPresent();
    }

    @Test
    void aStrangerWithTheSameLabelsIsNamed() {
        var seen = complete().pod("debug", pod -> pod.editMetadata()
                .withOwnerReferences(List.of())
                .endMetadata());
        var served = of(seen, ready("current"), slice(SERVICE, null, "debug"));
        assertThat(served.stranger()).contains(new ServedRevision.Stranger("debug", true));
        assertThat(served.complete()).isEmpty();
    }

    @Test
    void aPodThatTheOperatorDoesNotSeeIsNamedUnlessPodsComeAndGo() {
        assertThat(of(complete(), ready("current"), slice(SERVICE, null, "unseen"))
                        .stranger())
                .contains(new ServedRevision.Stranger("unseen", false));
        assertThat(of(Rollout.of(SITE).counts(2, 1, 1), ready("deleted")).stranger())
                .isEmpty();
    }

    @Test
    void endpointsOfAnotherServiceDoNotMatter() {
        assertThat(of(complete(), ready("current"), slice("staging-database", true, "postgres"))
                        .stranger())
                .isEmpty();
    }

    @Test
    void podsOfAnotherEntranceServeTheSite() {
        var site = complete();
        var pod = site.pods().getFirst();
        var hash = pod.getMetadata().getLabels().get(DeploymentPods.TEMPLATE_HASH);
        var entrance = site.deployment()
                .edit()
                .editMetadata()
                .withName("staging-frontend")
                .endMetadata()
                .build();
        var node = pod.edit()
                .editMetadata()
                .withName("node")
                .withLabels(Labels.ofPart("staging", "frontend"))
                .addToLabels(DeploymentPods.TEMPLATE_HASH, hash)
                .editFirstOwnerReference()
                .withName("staging-frontend-" + hash)
                .endOwnerReference()
                .endMetadata()
                .build();
        var state = SITE.state(SITE.plan(), Instant.EPOCH, site.deployment(), pod, entrance, node, ready("node"));
        var served = ServedRevision.of(state, SERVICE, "staging-frontend", TAKEOVER);
        assertThat(served.complete()).isPresent();
        assertThat(served.formerPodsServe()).isFalse();
        assertThat(served.stranger()).isEmpty();

        var before = ServedRevision.of(state, SERVICE, "staging", TAKEOVER);
        assertThat(before.complete())
                .as("while requests still go to the former pods")
                .isEmpty();
        assertThat(before.formerPodsServe()).isTrue();
        assertThat(before.stranger()).isEmpty();
    }
}
