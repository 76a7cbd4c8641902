package com.recordsponge.operator.environment;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events tell a deploy, a rollback and a promotion apart. */
class ImageChangeTest {

    private static final String FIRST = "sha256:a";
    private static final String SECOND = "sha256:b";
    private static final Release FAILED =
            new Release(null, null, List.of(new BadImage(SECOND, "CrashLoopBackOff: exit code 1")), null);

    private static EnvironmentStatus status(String digest, Release release) {
        return new EnvironmentStatus.Builder()
                .image(new EnvironmentStatus.Image("app:tag", digest, null, null))
                .release(release)
                .build(1, List.of());
    }

    private static Optional<String> change(String release, String former, EnvironmentStatus now) {
        var environment = environment().with("release", release).build();
        environment.setStatus(status(former, null));
        return ImageChange.describe(environment, now);
    }

    @Test
    void theFirstImageAndTheSameAreNoNews() {
        assertThat(change("{policy: Track}", null, status(FIRST, null))).isEmpty();
        assertThat(change("{policy: Track}", FIRST, status(FIRST, null))).isEmpty();
    }

    @Test
    void aDeployNamesBothImages() {
        assertThat(change("{policy: Track}", FIRST, status(SECOND, null)))
                .contains("app:tag: deploying sha256:b instead of sha256:a");
    }

    @Test
    void anAutomaticRollbackSaysWhatFailed() {
        assertThat(change("{policy: Track}", SECOND, status(FIRST, FAILED)))
                .contains(
                        "app:tag: deploying sha256:a instead of sha256:b, which failed: CrashLoopBackOff: exit code 1");
    }

    @Test
    void anOrderedRollbackNamesTheOrder() {
        assertThat(change("{policy: Track, rollbackTo: 'sha256:a'}", SECOND, status(FIRST, FAILED)))
                .contains("app:tag: deploying sha256:a instead of sha256:b, as spec.release.rollbackTo orders");
    }

    @Test
    void aPromotionNamesItsSource() {
        assertThat(change("{policy: Promote, promoteFrom: {name: staging}}", FIRST, status(SECOND, null)))
                .contains("app:tag: deploying sha256:b instead of sha256:a, promoted from staging");
    }

    @Test
    void aSourceThatAnotherPolicyDoesNotReadIsNotTheCause() {
        assertThat(change("{policy: Track, promoteFrom: {name: staging}}", FIRST, status(SECOND, null)))
                .contains("app:tag: deploying sha256:b instead of sha256:a");
    }

    @Test
    void anEarlierFailureIsNotTheCauseOfTheNextDeploy() {
        assertThat(change("{policy: Track}", FIRST, status("sha256:c", FAILED)))
                .contains("app:tag: deploying sha256:c instead of sha256:a");
    }
}
