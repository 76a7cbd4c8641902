package com.recordsponge.operator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which image pods run, and when it changes. */
class ImagePolicyTest {

    private static final String OLD = "sha256:" + "a".repeat(64);
    private static final String NEW = "sha256:" + "b".repeat(64);
    private static final String TAG = "recordsponge/app:staging";
    private static final String NAME = "recordsponge/app";
    private static final String RELEASE = "mark";
    private static final Optional<DigestAnswer> FOUND = Optional.of(DigestAnswer.found(NEW));
    private static final Optional<DigestAnswer> FAILED =
            Optional.of(DigestAnswer.failure(Reason.REGISTRY_UNREACHABLE, "scripted"));
    private static final ImagePolicy PINNED = new PinnedPolicy();
    private static final ImagePolicy TRACK = new TrackPolicy();

    static ImagePolicy[] policies() {
        return new ImagePolicy[] {PINNED, TRACK};
    }

    private static PolicyInput fresh(Optional<DigestAnswer> answer) {
        return new PolicyInput(ImageReference.parse(TAG), RELEASE, Optional.empty(), answer);
    }

    /** @param pulled what the pods report; empty for none */
    private static PolicyInput running(
            String image, String requested, Optional<String> pulled, Optional<DigestAnswer> answer) {
        return new PolicyInput(
                ImageReference.parse(TAG),
                RELEASE,
                Optional.of(new CurrentImage(
                        ImageReference.parse(image), requested, Optional.of(RELEASE), Optional.empty(), pulled, false)),
                answer);
    }

    private static PolicyInput pinnedTo(String digest, Optional<DigestAnswer> answer) {
        return running(NAME + "@" + digest, TAG, Optional.of(digest), answer);
    }

    private static String image(ImagePolicy policy, PolicyInput input) {
        return policy.choose(input).image().toString();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aNewSiteWaitsForTheDigest(ImagePolicy policy) {
        assertThat(policy.asks(fresh(Optional.empty()))).isTrue();
        assertThat(policy.choose(fresh(Optional.empty())).waits()).isTrue();
        assertThat(image(policy, fresh(FOUND))).isEqualTo(NAME + "@" + NEW);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void anotherImageInTheSpecIsResolvedWhilePodsKeepTheirs(ImagePolicy policy) {
        var other = running("other/app@" + OLD, "other/app:a", Optional.of(OLD), Optional.empty());
        assertThat(policy.choose(other).waits()).isTrue();
        assertThat(image(policy, other)).isEqualTo("other/app@" + OLD);
        assertThat(image(policy, other.with(FOUND))).isEqualTo(NAME + "@" + NEW);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void withoutAnAnswerPodsRunByTheTag(ImagePolicy policy) {
        assertThat(image(policy, fresh(FAILED))).isEqualTo(TAG);
        assertThat(policy.choose(fresh(FAILED)).waits()).isFalse();
        var other = running("other/app@" + OLD, "other/app:a", Optional.of(OLD), FAILED);
        assertThat(image(policy, other)).isEqualTo(TAG);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void anOutageChangesNoPod(ImagePolicy policy) {
        for (var answer : List.of(FAILED, Optional.<DigestAnswer>empty())) {
            assertThat(image(policy, pinnedTo(OLD, answer))).isEqualTo(NAME + "@" + OLD);
            assertThat(image(policy, running(TAG, TAG, Optional.of(OLD), answer)))
                    .isEqualTo(TAG);
            assertThat(policy.choose(pinnedTo(OLD, answer)).waits()).isFalse();
        }
    }

    /** Another policy, say. */
    @ParameterizedTest
    @MethodSource("policies")
    void anOutageChangesNoPodWhenOnlyTheReleaseIsEdited(ImagePolicy policy) {
        for (var answer : List.of(FAILED, Optional.<DigestAnswer>empty())) {
            var edited = new PolicyInput(
                    ImageReference.parse(TAG),
                    "other mark",
                    pinnedTo(OLD, answer).current(),
                    answer);
            assertThat(image(policy, edited)).isEqualTo(NAME + "@" + OLD);
            assertThat(policy.choose(edited).waits()).isFalse();
        }
    }

    /** It was pulled by the tag while the registry did not answer the operator. */
    @ParameterizedTest
    @MethodSource("policies")
    void podsThatRunByATagAreNotReplacedForTheSameDigest(ImagePolicy policy) {
        assertThat(image(policy, running(TAG, TAG, Optional.of(NEW), FOUND))).isEqualTo(TAG);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void podsThatArePullingByTheTagAreNotReplaced(ImagePolicy policy) {
        assertThat(image(policy, running(TAG, TAG, Optional.empty(), FOUND))).isEqualTo(TAG);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void anotherTagOfTheSameDigestReplacesNoPod(ImagePolicy policy) {
        var other = running(NAME + "@" + NEW, "recordsponge/app:prod", Optional.of(NEW), FOUND);
        assertThat(image(policy, other)).isEqualTo(NAME + "@" + NEW);
        var byTag = running("recordsponge/app:prod", "recordsponge/app:prod", Optional.of(NEW), FOUND);
        assertThat(image(policy, byTag)).isEqualTo("recordsponge/app:prod");
    }

    static Stream<Arguments> spellings() {
        return Stream.of("docker.io/recordsponge/app", "index.docker.io/recordsponge/app")
                .flatMap(name -> Stream.of(policies()).map(policy -> arguments(policy, name)));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void anotherSpellingOfTheRepositoryReplacesNoPod(ImagePolicy policy, String name) {
        var pinned = running(name + "@" + NEW, name + ":staging", Optional.of(NEW), FOUND);
        assertThat(image(policy, pinned)).isEqualTo(name + "@" + NEW);
        var byTag = running(name + ":staging", name + ":staging", Optional.of(NEW), FOUND);
        assertThat(image(policy, byTag)).isEqualTo(name + ":staging");
    }

    @Test
    void pinnedKeepsItsDigestWhenTheTagMoves() {
        assertThat(PINNED.asks(pinnedTo(OLD, Optional.empty()))).isFalse();
        assertThat(image(PINNED, pinnedTo(OLD, FOUND))).isEqualTo(NAME + "@" + OLD);
        assertThat(image(PINNED, running(TAG, TAG, Optional.of(OLD), FOUND))).isEqualTo(TAG);
    }

    @Test
    void pinnedResolvesAgainWhenTheReleaseIsEdited() {
        var edited = new PolicyInput(
                ImageReference.parse(TAG), "other mark", pinnedTo(OLD, FOUND).current(), FOUND);
        assertThat(PINNED.asks(edited)).isTrue();
        assertThat(image(PINNED, edited)).isEqualTo(NAME + "@" + NEW);
    }

    @Test
    void trackFollowsTheTag() {
        assertThat(TRACK.asks(pinnedTo(OLD, Optional.empty()))).isTrue();
        assertThat(image(TRACK, pinnedTo(OLD, FOUND))).isEqualTo(NAME + "@" + NEW);
        assertThat(image(TRACK, running(TAG, TAG, Optional.of(OLD), FOUND))).isEqualTo(NAME + "@" + NEW);
    }

    @Test
    void aDigestInTheSpecNeedsNoRegistry() {
        var requested = ImageReference.parse(TAG + "@" + NEW);
        var input = new PolicyInput(requested, RELEASE, Optional.empty(), Optional.empty());
        var policy = new DigestPolicy();
        assertThat(policy.asks(input)).isFalse();
        assertThat(image(policy, input)).isEqualTo(NAME + "@" + NEW);
        var current = running(TAG + "@" + NEW, TAG + "@" + NEW, Optional.empty(), Optional.empty())
                .current();
        assertThat(image(policy, new PolicyInput(requested, RELEASE, current, Optional.empty())))
                .as("a Deployment of an earlier version")
                .isEqualTo(TAG + "@" + NEW);
    }
}
