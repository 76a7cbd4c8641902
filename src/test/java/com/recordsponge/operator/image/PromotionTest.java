package com.recordsponge.operator.image;

import static com.recordsponge.operator.api.v1.Component.IMAGE;
import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Candidate;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Finding.Kind;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which image of another environment is taken over, and when. */
class PromotionTest {

    private static final String OLD = "sha256:" + "a".repeat(64);
    private static final String OLDEST = "sha256:" + "0".repeat(64);
    private static final String NEW = "sha256:" + "b".repeat(64);
    private static final Duration SOAK = Duration.ofHours(24);
    private static final Instant DAY_1 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant DAY_2 = DAY_1.plus(SOAK);
    private static final Instant DAY_3 = DAY_2.plus(SOAK);
    private static final Deployed OLD_UNTIL_DAY_2 = image(OLD, DAY_1, DAY_2);
    private static final Deployed NEW_SINCE_DAY_2 = image(NEW, DAY_2, null);
    private static final Optional<String> NOTHING = Optional.empty();

    private static Deployed image(String digest, Instant since, Instant until) {
        return new Deployed(digest, "app:staging", since.toString(), until == null ? null : until.toString(), null);
    }

    private static RecordSpongeEnvironment source(boolean ready, List<BadImage> bad, Deployed... history) {
        var condition = new ConditionBuilder()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .withReason(ready ? "Running" : "RollingOut")
                .build();
        return environment()
                .status(new EnvironmentStatus.Builder()
                        .history(List.of(history))
                        .release(new Release(null, null, bad, null))
                        .build(1, List.of(condition)))
                .build();
    }

    private static RecordSpongeEnvironment ready(Deployed... history) {
        return source(true, List.of(), history);
    }

    private static Promotion at(Instant now, RecordSpongeEnvironment source, Optional<String> present) {
        return Promotion.of(new Offer(source, SOAK, NOTHING, List.of(), now), present);
    }

    @Test
    void anImageIsPromotedAtTheEndOfItsSoak() {
        var early = at(DAY_3.minusSeconds(1), ready(NEW_SINCE_DAY_2), Optional.of(OLD));
        assertThat(early.digest()).isEmpty();
        assertThat(early.end()).contains(DAY_3);
        assertThat(early.candidate().orElseThrow()).satisfies(candidate -> {
            assertThat(candidate.digest()).isEqualTo(NEW);
            assertThat(candidate.since()).isEqualTo(DAY_2.toString());
            assertThat(candidate.soakEndsAt()).isEqualTo(DAY_3.toString());
            assertThat(candidate.blockedBy()).contains("must be Ready in environment recordsponge/staging for 24h");
        });
        assertThat(at(DAY_3, ready(NEW_SINCE_DAY_2), Optional.of(OLD)))
                .isEqualTo(new Promotion(Optional.of(NEW), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void anImageThatSoakedBeforeItWasReplacedIsPromoted() {
        var promotion = at(DAY_2, ready(NEW_SINCE_DAY_2, OLD_UNTIL_DAY_2), NOTHING);
        assertThat(promotion.digest()).contains(OLD);
        assertThat(promotion.candidate()).map(Candidate::digest).contains(NEW);
    }

    @Test
    void anImageThatWasReplacedTooSoonIsNot() {
        var replaced = image(OLD, DAY_1, DAY_2.minusSeconds(1));
        assertThat(at(DAY_2, ready(NEW_SINCE_DAY_2, replaced), NOTHING).digest())
                .isEmpty();
    }

    @Test
    void anInterruptionStartsTheSoakAnew() {
        var interrupted = new Deployed(NEW, "app:staging", DAY_1.toString(), null, DAY_2.toString());
        assertThat(at(DAY_3.minusSeconds(1), ready(interrupted), NOTHING).end()).contains(DAY_3);
    }

    @Test
    void nothingIsPromotedWhileTheSourceIsNotReady() {
        var promotion = at(DAY_3, source(false, List.of(), NEW_SINCE_DAY_2), NOTHING);
        assertThat(promotion.digest()).isEmpty();
        assertThat(promotion.end()).isEmpty();
        assertThat(promotion.candidate().orElseThrow().blockedBy())
                .isEqualTo("Environment recordsponge/staging is not Ready: RollingOut.");
    }

    @Test
    void anImageThatFailedInTheSourceIsNotPromoted() {
        var source = source(true, List.of(new BadImage(NEW, "crashed")), image(NEW, DAY_1, DAY_2), OLD_UNTIL_DAY_2);
        assertThat(at(DAY_3, source, NOTHING).digest()).contains(OLD);
    }

    @Test
    void noOlderImageReplacesANewerOne() {
        var source = ready(NEW_SINCE_DAY_2, OLD_UNTIL_DAY_2);
        assertThat(at(DAY_2, source, Optional.of(NEW))).isEqualTo(at(DAY_2, ready(), NOTHING));
    }

    @Test
    void anApprovedImageNeedsNoSoak() {
        var offer = new Offer(ready(NEW_SINCE_DAY_2, OLD_UNTIL_DAY_2), SOAK, Optional.of(NEW), List.of(), DAY_2);
        assertThat(Promotion.of(offer, Optional.of(OLD)).digest()).contains(NEW);
    }

    @Test
    void anApprovalDoesNotReachFurtherThanItsDigest() {
        var offer = new Offer(ready(NEW_SINCE_DAY_2, OLD_UNTIL_DAY_2), SOAK, Optional.of(OLD), List.of(), DAY_2);
        assertThat(Promotion.of(offer, Optional.of(OLD)).digest()).isEmpty();
    }

    @Test
    void anApprovedImageThatWasNeverReadyIsReported() {
        var offer = new Offer(ready(OLD_UNTIL_DAY_2), SOAK, Optional.of(NEW), List.of(), DAY_2);
        var promotion = Promotion.of(offer, Optional.of(OLD));
        assertThat(promotion.digest()).isEmpty();
        assertThat(promotion.candidate().orElseThrow().blockedBy()).contains("status.history", "does not have it");
    }

    /** What prod says of an approval, while OLD runs there. */
    private static Candidate approving(String digest, List<Deployed> served, EnvironmentFixture source) {
        var running = WorkloadObjects.deployment(prod("{name: staging}")
                .beside(staging("staging", "{}"))
                .at(DAY_2)
                .plan());
        return prod("{name: staging}")
                .owns(List.of(running))
                .status(new EnvironmentStatus.Builder().history(served).build(1, List.of()))
                .annotated("recordsponge.com/approve", digest)
                .beside(source)
                .at(DAY_2)
                .plan()
                .get(ImagePlan.class)
                .promotion()
                .flatMap(Promotion::candidate)
                .orElse(null);
    }

    private static EnvironmentFixture served(List<BadImage> bad, Deployed... history) {
        return environment().status(source(true, bad, history).getStatus());
    }

    @Test
    void anApprovalOfAFailedImageIsExplained() {
        var source = served(List.of(new BadImage(NEW, "OOMKilled: exit code 137")), NEW_SINCE_DAY_2, OLD_UNTIL_DAY_2);
        var candidate = approving(NEW, List.of(), source);
        assertThat(candidate.digest()).isEqualTo(NEW);
        assertThat(candidate.blockedBy())
                .isEqualTo(
                        "The annotation recordsponge.com/approve names %s, but it failed in environment recordsponge/staging: OOMKilled: exit code 137."
                                .formatted(NEW));
    }

    @Test
    void anApprovalOfAnOlderImageIsExplained() {
        var source = served(List.of(), OLD_UNTIL_DAY_2, image(OLDEST, DAY_1.minus(SOAK), DAY_1));
        var candidate = approving(OLDEST, List.of(), source);
        assertThat(candidate.digest()).isEqualTo(OLDEST);
        assertThat(candidate.blockedBy()).contains("a newer image runs", "spec.release.rollbackTo");
    }

    /** The annotation stays after the image was promoted. */
    @Test
    void anApprovalThatWasCarriedOutIsNotMentioned() {
        var source = served(List.of(), OLD_UNTIL_DAY_2, image(OLDEST, DAY_1.minus(SOAK), DAY_1));
        assertThat(approving(OLDEST, List.of(image(OLDEST, DAY_1, DAY_2)), source))
                .isNull();
        assertThat(approving(OLDEST, List.of(image(OLDEST, DAY_1, DAY_2)), served(List.of(), OLD_UNTIL_DAY_2)))
                .as("the source has forgotten it")
                .isNull();
    }

    @Test
    void anApprovalWithoutEffectHidesNoCandidate() {
        var candidate = approving(OLDEST, List.of(), served(List.of(), NEW_SINCE_DAY_2, OLD_UNTIL_DAY_2));
        assertThat(candidate.digest()).isEqualTo(NEW);
        assertThat(candidate.blockedBy()).contains("must be Ready", OLDEST, "does not have it");
    }

    private static EnvironmentFixture prod(String from) {
        return environment()
                .named("prod")
                .with("image", "recordsponge/expungeservice")
                .with("release", "{policy: Promote, promoteFrom: %s}".formatted(from));
    }

    private static EnvironmentFixture staging(String name, String release) {
        return environment()
                .named(name)
                .with("release", release)
                .status(new EnvironmentStatus.Builder()
                        .history(List.of(image(OLD, DAY_1, null)))
                        .build(1, List.of()));
    }

    @Test
    void aNewSiteWaitsForItsFirstImage() {
        var waiting = prod("{name: staging}").beside(staging("staging", "{}")).at(DAY_1);
        assertThat(waiting.plan().blocked(WORKLOAD)).isTrue();
        assertThat(waiting.finding(IMAGE)).satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.AWAITING_PROMOTION);
            assertThat(finding.kind()).isEqualTo(Kind.WORKING);
            assertThat(finding.timed()).isFalse();
        });
        assertThat(waiting.at(DAY_2).plan().get(ImagePlan.class).podImage())
                .isEqualTo("recordsponge/expungeservice@" + OLD);
    }

    @Test
    void theEndOfTheSoakIsATimer() {
        var waiting = prod("{name: staging}").beside(staging("staging", "{}")).at(DAY_1);
        var plan = waiting.plan();
        var recheck = plan.features().stream()
                .filter(feature -> feature.component() == IMAGE)
                .flatMap(feature -> feature.recheck(waiting.state(plan, DAY_1.plusSeconds(60))).stream())
                .findFirst();
        assertThat(recheck).contains(SOAK.minusSeconds(60));
    }

    @Test
    void aMissingSourceIsNamed() {
        assertThat(prod("{name: stagin}").finding(IMAGE)).satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.PROMOTION_SOURCE_NOT_FOUND);
            assertThat(finding.message()).contains("Environment stagin of spec.release.promoteFrom does not exist.");
        });
    }

    @Test
    void anotherNamespaceMustPermitIt() {
        var refused = prod("{name: foreign, namespace: tests}");
        var absent = refused.finding(IMAGE);
        assertThat(refused.beside(staging("foreign", "{}")).finding(IMAGE))
                .as("it does not tell whether the environment exists")
                .isEqualTo(absent);
        var permitted = prod("{name: foreign, namespace: tests}")
                .beside(staging("foreign", "{allowPromotionTo: [{namespace: recordsponge, name: prod}]}"));
        assertThat(permitted.at(DAY_2).plan().blocked(WORKLOAD)).isFalse();
    }
}
