package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.workload.Rollout.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kubernetes ignores a pull Secret that it cannot use; the condition names it. */
class PullSecretTest {

    private static final String MISSING =
            "Secret hub of spec.imagePullSecrets does not exist: pods pull without it, which works only for public images. Create it in namespace recordsponge with kubectl create secret docker-registry.";

    private static EnvironmentFixture withPullSecret() {
        return environment().with("imagePullSecrets", "[{name: hub}]");
    }

    @Test
    void aMissingOneStopsNothingAndIsNamed() {
        var finding = Rollout.of(withPullSecret()).counts(1, 1, 1).finding();
        assertThat(finding.isReady()).isTrue();
        assertThat(finding.message()).isEqualTo("1 of 1 pods available. " + MISSING);
    }

    @Test
    void aFailedPullNamesIt() {
        var finding = Rollout.of(withPullSecret())
                .counts(1, 1, 0)
                .pod("staging-1", waiting("ErrImagePull", "pull access denied"))
                .finding();
        assertThat(finding.reason()).isEqualTo(Reason.IMAGE_PULL_BACK_OFF);
        assertThat(finding.message()).contains("\"pull access denied\"").endsWith(MISSING);
    }

    @Test
    void oneWithoutCredentialsIsNamed() {
        var finding = Rollout.of(withPullSecret().secret("hub", Map.of("username", "me")))
                .counts(1, 1, 1)
                .finding();
        assertThat(finding.message()).contains("Secret hub of spec.imagePullSecrets has no key .dockerconfigjson");
    }

    @Test
    void aGoodOneIsNotMentioned() {
        var finding = Rollout.of(withPullSecret().secret("hub", Map.of(".dockerconfigjson", "{}")))
                .counts(1, 1, 1)
                .finding();
        assertThat(finding.message()).isEqualTo("1 of 1 pods available.");
    }
}
