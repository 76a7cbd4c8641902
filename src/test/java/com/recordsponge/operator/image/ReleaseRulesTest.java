package com.recordsponge.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs if it is not what the policy chooses. */
class ReleaseRulesTest {

    private static final String GOOD = "sha256:" + "a".repeat(64);
    private static final String BAD = "sha256:" + "b".repeat(64);
    private static final String NEW = "sha256:" + "c".repeat(64);
    private static final String TAG = "recordsponge/app:staging";
    private static final ReleaseRules NONE = rules(Optional.empty(), Optional.empty(), List.of(), List.of());
    private static final ReleaseRules AFTER_FAILURE =
            rules(Optional.empty(), Optional.empty(), List.of(BAD), List.of(GOOD));

    private static ReleaseRules rules(
            Optional<String> rollbackTo, Optional<String> hold, List<String> bad, List<String> good) {
        return new ReleaseRules(
                rollbackTo.map(ReleaseRulesTest::image),
                hold,
                bad.stream().map(digest -> new BadImage(digest, "scripted")).toList(),
                good.stream().map(ReleaseRulesTest::image).toList(),
                true);
    }

    private static PolicyInput running(String digest) {
        return new PolicyInput(
                ImageReference.parse(TAG),
                "mark",
                Optional.of(new CurrentImage(
                        image(digest), TAG, Optional.of("mark"), Optional.empty(), Optional.of(digest), false)),
                Optional.empty());
    }

    private static ImageReference image(String digest) {
        return ImageReference.parse("recordsponge/app@" + digest);
    }

    private static ImageChoice apply(ReleaseRules rules, String candidate, PolicyInput policyInput) {
        return rules.apply(ImageChoice.of(image(candidate)), policyInput);
    }

    @Test
    void withoutRulesThePolicyDecides() {
        assertThat(apply(NONE, NEW, running(GOOD))).isEqualTo(ImageChoice.of(image(NEW)));
    }

    @Test
    void aFailedImageIsReplacedByTheLastGoodOne() {
        assertThat(apply(AFTER_FAILURE, BAD, running(BAD)).image()).isEqualTo(image(GOOD));
    }

    @Test
    void aFailedImageIsNotTriedAgain() {
        var choice = apply(AFTER_FAILURE, BAD, running(GOOD));
        assertThat(choice.image()).isEqualTo(image(GOOD));
        assertThat(choice.settled()).as("the policy goes on asking").isFalse();
    }

    @Test
    void anotherImageIsTried() {
        assertThat(apply(AFTER_FAILURE, NEW, running(GOOD))).isEqualTo(ImageChoice.of(image(NEW)));
    }

    @Test
    void withoutAGoodImageTheFailedOneStays() {
        var rules = rules(Optional.empty(), Optional.empty(), List.of(BAD), List.of(BAD));
        assertThat(apply(rules, BAD, running(BAD)).image()).isEqualTo(image(BAD));
        assertThat(rules.canLeave(BAD)).isFalse();
    }

    @Test
    void anOrderedImageWins() {
        var rules = rules(Optional.of(BAD), Optional.of("freeze"), List.of(BAD), List.of(GOOD));
        assertThat(apply(rules, NEW, running(GOOD)).image()).isEqualTo(image(BAD));
        assertThat(rules.canLeave(BAD))
                .as("what a person ordered is not rolled back")
                .isFalse();
        assertThat(apply(rules, BAD, running(BAD)).settled()).isTrue();
    }

    @Test
    void aHoldKeepsWhatRuns() {
        var rules = rules(Optional.empty(), Optional.of("freeze"), List.of(), List.of());
        assertThat(apply(rules, NEW, running(GOOD)).image()).isEqualTo(image(GOOD));
        var fresh = new PolicyInput(ImageReference.parse(TAG), "mark", Optional.empty(), Optional.empty());
        assertThat(apply(rules, NEW, fresh).image())
                .as("a new site has nothing to keep")
                .isEqualTo(image(NEW));
    }

    @Test
    void aHoldWaitsForNoRegistry() {
        var rules = rules(Optional.empty(), Optional.of("freeze"), List.of(), List.of());
        var waiting =
                ImageChoice.waitFor(ImageReference.parse(TAG), running(GOOD).current());
        assertThat(rules.apply(waiting, running(GOOD)).waits()).isFalse();
    }

    @Test
    void aHeldImageThatFailedIsReplacedAllTheSame() {
        var rules = rules(Optional.empty(), Optional.of("freeze"), List.of(BAD), List.of(GOOD));
        assertThat(apply(rules, NEW, running(BAD)).image()).isEqualTo(image(GOOD));
    }

    @Test
    void anImageOfAnotherRepositoryIsReplacedByTheLastGoodOneOfItsOwn() {
        var elsewhere = ImageReference.parse("example.org/app@" + GOOD);
        var rules = new ReleaseRules(Optional.empty(), Optional.empty(), AFTER_FAILURE.bad(), List.of(elsewhere), true);
        assertThat(apply(rules, BAD, running(BAD)).image()).isEqualTo(elsewhere);
    }

    @Test
    void onlyAnAutomaticRollbackLeavesAnImage() {
        assertThat(AFTER_FAILURE.canLeave(NEW)).isTrue();
        assertThat(AFTER_FAILURE.canLeave(GOOD)).isFalse();
        var manual = new ReleaseRules(Optional.empty(), Optional.empty(), List.of(), List.of(image(GOOD)), false);
        assertThat(manual.canLeave(NEW)).isFalse();
    }

    /** Only the node may have the image that the spec names meanwhile: it must start once the order ends. */
    @ParameterizedTest
    @MethodSource("orders")
    void anEditDuringAnOrderIsNotForgotten(ReleaseRules order) {
        var edited = ImageReference.parse("recordsponge/app:next");
        var away = Optional.of(DigestAnswer.failure(Reason.REGISTRY_UNREACHABLE, "scripted"));
        var ordered = plan(order, new PolicyInput(edited, "mark", running(GOOD).current(), away));
        assertThat(ordered.choice().image()).isEqualTo(image(GOOD));
        var annotations = ordered.annotations();
        var current = new CurrentImage(
                ImageReference.parse(annotations.get(CurrentImage.IMAGE)),
                annotations.get(CurrentImage.REQUESTED),
                Optional.ofNullable(annotations.get(CurrentImage.RELEASE)),
                Optional.empty(),
                Optional.of(GOOD),
                false);
        assertThat(plan(NONE, new PolicyInput(edited, "mark", Optional.of(current), away))
                        .podImage())
                .isEqualTo(edited.toString());
    }

    static Stream<ReleaseRules> orders() {
        return Stream.of(
                rules(Optional.empty(), Optional.of("freeze"), List.of(), List.of()),
                rules(Optional.of(GOOD), Optional.empty(), List.of(), List.of(GOOD)));
    }

    private static ImagePlan plan(ReleaseRules rules, PolicyInput policyInput) {
        var policy = new PinnedPolicy();
        return new ImagePlan(
                policy,
                Duration.ofMinutes(1),
                Optional.empty(),
                policyInput,
                policy.choose(policyInput),
                Optional.empty(),
                rules,
                10);
    }
}
