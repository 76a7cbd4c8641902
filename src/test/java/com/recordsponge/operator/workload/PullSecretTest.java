package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.workload.Rollout.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** As kubectl create secret generic creates it. The operator's own request works with it; the kubelet's does not. */
    @Test
    void oneOfAnotherTypeIsNamed() {
        var finding = Rollout.of(withPullSecret().secret("hub", "Opaque", Map.of(".dockerconfigjson", "{}")))
                .counts(1, 1, 1)
                .finding();
        assertThat(finding.message())
                .endsWith(
                        "Secret hub of spec.imagePullSecrets is of type Opaque instead of kubernetes.io/dockerconfigjson: pods pull without it, which works only for public images. Delete it, and create it in namespace recordsponge with kubectl create secret docker-registry.");
    }

    @ParameterizedTest
    @CsvSource({"kubernetes.io/dockerconfigjson, .dockerconfigjson", "kubernetes.io/dockercfg, .dockercfg"})
    void aGoodOneIsNotMentioned(String type, String key) {
        var finding = Rollout.of(withPullSecret().secret("hub", type, Map.of(key, "{}")))
                .counts(1, 1, 1)
                .finding();
        assertThat(finding.message()).isEqualTo("1 of 1 pods available.");
    }
}
