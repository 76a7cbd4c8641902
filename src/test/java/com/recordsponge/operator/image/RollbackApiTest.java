package com.recordsponge.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollbacks, by the operator and by hand. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class RollbackApiTest extends ApiTest {

    private static final String NAME = "recordsponge/rollback";
    private static final String TAG = NAME + ":staging";
    private static final String FIRST = "sha256:" + "a".repeat(64);
    private static final String SECOND = "sha256:" + "b".repeat(64);
    private static final String THIRD = "sha256:" + "c".repeat(64);
    private static final String SPEC = """
      tier: staging
      image: recordsponge/rollback:staging
      host: rollback.example.org
      release: {policy: Track, interval: 5s%s}
      """;

    @BeforeEach
    void deploy() {
        registry.push(TAG, FIRST);
        apply("site", SPEC.formatted(""));
        awaitImage(FIRST);
        rollOut("site");
        admit("site");
        awaitCondition("site", "Ready", "True", "Running");
    }

    private void awaitImage(String digest) {
        eventually(() -> assertThat(imageOf("site")).isEqualTo(NAME + "@" + digest));
    }

    private void fail(String digest) {
        registry.push(TAG, digest);
        awaitImage(digest);
        editStatus(child(Deployment.class, "site").get(), ControllerWrites::deadlineExceeded);
    }

    @Test
    void anImageThatMissesTheDeadlineIsRolledBack() {
        fail(SECOND);
        awaitImage(FIRST);
        rollOut("site");
        var ready = awaitCondition("site", "Ready", "False", "RolledBack");
        awaitCondition("site", "Stalled", "True", "RolledBack");
        awaitCondition("site", "WorkloadAvailable", "True", "Available");
        assertThat(ready.getMessage()).contains(SECOND, FIRST);
        var release = environment("site").getStatus().release();
        assertThat(release.hold().digest()).isEqualTo(SECOND);
        assertThat(release.bad()).extracting(BadImage::digest).containsExactly(SECOND);
        assertThat(environment("site").getStatus().history())
                .extracting(Deployed::digest)
                .containsExactly(FIRST);

        registry.push(TAG, THIRD);
        awaitImage(THIRD);
        rollOut("site");
        awaitCondition("site", "Ready", "True", "Running");
        assertThat(environment("site").getStatus().release().hold()).isNull();
        assertThat(environment("site").getStatus().history())
                .extracting(Deployed::digest)
                .containsExactly(THIRD, FIRST);
    }

    @Test
    void theEventsOfARollbackSayWhatFailed() {
        fail(SECOND);
        awaitImage(FIRST);
        eventually(() -> assertThat(eventMessages())
                .contains("%s: deploying %s instead of %s".formatted(TAG, SECOND, FIRST))
                .anySatisfy(message -> assertThat(message)
                        .startsWith("%s: deploying %s instead of %s, which failed: ".formatted(TAG, FIRST, SECOND))));
    }

    @Test
    void anImageThatFailedIsTriedAgainOnRequest() {
        fail(SECOND);
        awaitImage(FIRST);
        rollOut("site");
        awaitCondition("site", "Ready", "False", "RolledBack");
        annotate("site", "recordsponge.com/retry", "1");
        awaitImage(SECOND);
        rollOut("site");
        awaitCondition("site", "Ready", "True", "Running");
    }

    /** The Deployment knows which image failed. */
    @Test
    void aLostStatusDoesNotTryAFailedImageAgain() {
        fail(SECOND);
        awaitImage(FIRST);
        rollOut("site");
        awaitCondition("site", "Ready", "False", "RolledBack");
        editStatus(child(RecordSpongeEnvironment.class, "site").get(), site -> {
            site.setStatus(null);
            return site;
        });
        apply("site", SPEC.formatted(", historyLimit: 9"));
        awaitCondition("site", "Ready", "False", "RolledBack");
        assertThat(imageOf("site")).isEqualTo(NAME + "@" + FIRST);
    }

    @Test
    void aHoldKeepsTheImageUntilItIsRemoved() {
        annotate("site", "recordsponge.com/hold", "release freeze");
        eventually(() -> assertThat(
                        environment("site").getStatus().release().hold().reason())
                .isEqualTo("release freeze"));
        registry.push(TAG, SECOND);
        eventually(() -> assertThat(
                        environment("site").getStatus().release().hold().digest())
                .isEqualTo(SECOND));
        assertThat(imageOf("site")).isEqualTo(NAME + "@" + FIRST);
        annotate("site", "recordsponge.com/hold", null);
        awaitImage(SECOND);
    }

    @Test
    void withoutAutoRollbackAFailedImageStays() {
        apply("site", SPEC.formatted(", autoRollback: false"));
        fail(SECOND);
        awaitCondition("site", "Stalled", "True", "ProgressDeadlineExceeded");
        assertThat(imageOf("site")).isEqualTo(NAME + "@" + SECOND);
        assertThat(environment("site").getStatus().release()).isNull();
    }

    @Test
    void anOrderedDigestRunsUntilTheOrderIsRemoved() {
        registry.push(TAG, SECOND);
        awaitImage(SECOND);
        rollOut("site");
        awaitCondition("site", "Ready", "True", "Running");
        apply("site", SPEC.formatted(", rollbackTo: '%s'".formatted(FIRST)));
        awaitImage(FIRST);
        rollOut("site");
        awaitCondition("site", "Ready", "True", "Running");
        assertThat(environment("site").getStatus().release().hold().reason()).contains("rollbackTo");
        apply("site", SPEC.formatted(""));
        awaitImage(SECOND);
    }
}
