package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.SecretKeyRef;
import com.recordsponge.operator.support.EnvironmentFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The defaults of the workload; the schema fills in none of them here. */
class WorkloadPlanTest {

    private static WorkloadPlan plan(EnvironmentFixture environment) {
        return environment.plan().get(WorkloadPlan.class);
    }

    @ParameterizedTest
    @CsvSource({"dev, development", "preview, production", "staging, production", "prod, production"})
    void everyTierMapsToATierOfTheApplication(String tier, String application) {
        assertThat(plan(environment().with("tier", tier)).applicationTier()).isEqualTo(application);
    }

    @Test
    void theOperatorGeneratesAMissingSessionKey() {
        var generated = plan(environment());
        assertThat(generated.generatesSessionKey()).isTrue();
        assertThat(generated.sessionKey()).isEqualTo(new SecretKeyRef("staging-session-key", "SECRET_KEY"));
        var provided = plan(environment().with("sessionKeySecretRef", "{name: app, key: KEY}"));
        assertThat(provided.generatesSessionKey()).isFalse();
        assertThat(provided.sessionKey()).isEqualTo(new SecretKeyRef("app", "KEY"));
    }
}
