package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Secret of the name into which cert-manager is to write. */
class ForeignSecretTest {

    private static EnvironmentFixture existing() {
        return environment().withTls().secret("staging-tls", Map.of("tls.crt", "mine", "tls.key", "mine"));
    }

    @Test
    void aSecretOfTheUserIsAConflict() {
        var environment = existing();
        assertThat(environment.plan().blocked(CERTIFICATE)).isTrue();
        assertThat(environment.finding(CERTIFICATE))
                .isEqualTo(
                        Finding.failing(
                                CERTIFICATE,
                                Reason.CONFLICTING_OBJECT,
                                "Secret staging-tls exists and cert-manager did not create it for this environment, but would overwrite it. To use it, set tls.secretName to staging-tls; otherwise delete or rename it."));
    }

    @Test
    void aSecretOfAnotherCertificateIsAConflict() {
        assertThat(existing().secretsOf("shop").finding(CERTIFICATE).message())
                .isEqualTo(
                        "Secret staging-tls belongs to Certificate shop, and cert-manager would overwrite it; delete both, or rename the environment.");
    }

    @Test
    void aSecretOfTheEnvironmentIsUsedAgain() {
        assertThat(existing().secretsOf("staging").plan().blockers()).isEmpty();
    }

    @Test
    void aProvidedSecretMayHaveAnyOrigin() {
        var environment = existing().with("tls", "{secretName: staging-tls}");
        assertThat(environment.plan().blockers()).isEmpty();
        assertThat(environment.secretsOf("shop").plan().blockers()).isEmpty();
    }
}
