package com.recordsponge.operator.plan;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.api.v1.Component.DATABASE;
import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What environments name and the namespace lacks, and which steps wait for it. */
class PlanProblemsTest {

    private static final Map<String, String> NO_DATA = Map.of();

    private static Blocker problem(EnvironmentFixture environment, Component step) {
        return environment.plan().problem(step).orElseThrow();
    }

    private static List<Component> blocked(EnvironmentFixture environment) {
        var plan = environment.plan();
        return Arrays.stream(Component.values()).filter(plan::blocked).toList();
    }

    @Test
    void missingCredentialsAreNamed() {
        var environment = environment().withDatabase().withoutSecret("credentials");
        assertThat(problem(environment, DATABASE))
                .isEqualTo(new Blocker(
                        DATABASE,
                        "SecretNotFound",
                        "Secret credentials does not exist in namespace recordsponge; create it."));
    }

    @Test
    void credentialsWithoutAKeyNameTheKey() {
        var environment = environment().withDatabase().secret("credentials", Map.of("username", "app"));
        assertThat(problem(environment, DATABASE))
                .isEqualTo(
                        new Blocker(DATABASE, "SecretKeyMissing", "Secret credentials has no key password; add it."));
    }

    @Test
    void anEmptyPasswordIsAMissingOne() {
        var environment = environment().withDatabase().secret("credentials", Map.of("username", "app", "password", ""));
        assertThat(problem(environment, DATABASE).reason()).isEqualTo("SecretKeyMissing");
    }

    @Test
    void credentialsThatNoVariableCanHoldAreRefusedBeforeAnybodyTriesThem() {
        var environment =
                environment().withDatabase().secret("credentials", Map.of("username", "app", "password", "pa55word\n"));
        assertThat(problem(environment, DATABASE))
                .isEqualTo(
                        new Blocker(
                                DATABASE,
                                "SecretInvalid",
                                "Key password of Secret credentials holds a line break or another control character; correct it."));
        assertThat(environment.plan().database()).isNull();
        environment.secret("credentials", Map.of("username", "a".repeat(64), "password", "pa55word"));
        assertThat(problem(environment, DATABASE).message())
                .isEqualTo("Key username of Secret credentials is longer than 63 bytes; correct it.");
    }

    @Test
    void aSigningKeyThatNoVariableCanHoldIsTheWorkloadsProblem() {
        var environment =
                environment().with("secretKeyRef", "{name: app, key: key}").secret("app", Map.of("key", "a\0b"));
        assertThat(problem(environment, WORKLOAD))
                .isEqualTo(new Blocker(
                        WORKLOAD, "SecretInvalid", "Key key of Secret app holds a NUL character; correct it."));
    }

    @Test
    void withoutCredentialsThereIsNoConnectionToPlanWith() {
        assertThat(environment()
                        .withDatabase()
                        .withoutSecret("credentials")
                        .plan()
                        .database())
                .isNull();
    }

    @Test
    void workloadWaitsForItsDatabaseAndTheRouteDoesNot() {
        assertThat(blocked(environment().withDatabase().withoutSecret("credentials")))
                .containsExactly(DATABASE, WORKLOAD);
    }

    @Test
    void aMissingCertificateAuthorityOfTheDatabaseIsTheDatabasesProblem() {
        var missing = environment().withVerifiedDatabase().withoutSecret("db-ca");
        assertThat(problem(missing, DATABASE).reason()).isEqualTo("SecretNotFound");
        assertThat(problem(missing, DATABASE).message()).contains("Secret db-ca");
        var keyless = environment().withVerifiedDatabase().secret("db-ca", NO_DATA);
        assertThat(problem(keyless, DATABASE).reason()).isEqualTo("SecretKeyMissing");
        assertThat(keyless.plan().database()).isNull();
    }

    @Test
    void aMissingSecretOfTheSessionKeyStopsTheWorkloadAlone() {
        var environment = environment().withDatabase().with("secretKeyRef", "{name: app, key: SECRET_KEY}");
        assertThat(problem(environment, WORKLOAD).reason()).isEqualTo("SecretNotFound");
        assertThat(blocked(environment)).containsExactly(WORKLOAD);
    }

    @Test
    void aSecretWithoutTheSessionKeyStopsTheWorkload() {
        var environment = environment()
                .with("secretKeyRef", "{name: app, key: SECRET_KEY}")
                .secret("app", Map.of("KEY", "x"));
        assertThat(problem(environment, WORKLOAD))
                .isEqualTo(new Blocker(WORKLOAD, "SecretKeyMissing", "Secret app has no key SECRET_KEY; add it."));
    }

    @Test
    void aMissingSecretOfEnvFromStopsTheWorkload() {
        var environment = environment().with("envFrom", "[{secretRef: {name: extra}}]");
        assertThat(problem(environment, WORKLOAD).reason()).isEqualTo("SecretNotFound");
        assertThat(environment.secret("extra", NO_DATA).plan().problems()).isEmpty();
    }

    @Test
    void aMissingConfigMapOfEnvFromStopsTheWorkload() {
        var environment =
                environment().with("envFrom", "[{configMapRef: {name: extra}}]").secret("extra", NO_DATA);
        assertThat(problem(environment, WORKLOAD))
                .isEqualTo(new Blocker(
                        WORKLOAD,
                        "ConfigMapNotFound",
                        "ConfigMap extra does not exist in namespace recordsponge; create it."));
        assertThat(environment.configMap("extra", NO_DATA).plan().problems()).isEmpty();
    }

    @Test
    void aSuspendedEnvironmentScalesToZeroWhateverItLacks() {
        var environment = environment()
                .withDatabase()
                .withoutSecret("credentials")
                .with("secretKeyRef", "{name: app, key: SECRET_KEY}")
                .with("suspend", "true");
        assertThat(blocked(environment)).containsExactly(DATABASE);
    }

    @Test
    void aProblemOfTheRouteLeavesTheWorkloadAlone() {
        var plan = environment().withTls().plan().with(new Blocker(ROUTE, "ConflictingObject", "m"));
        assertThat(plan.blocked(ROUTE)).isTrue();
        assertThat(plan.blocked(WORKLOAD)).isFalse();
        assertThat(plan.blocked(CERTIFICATE)).isFalse();
    }

    @Test
    void theFirstProblemOfAStepIsTheOneThatIsTold() {
        var plan = environment()
                .withDatabase()
                .withoutSecret("credentials")
                .plan()
                .with(new Blocker(DATABASE, "ApplyFailed", "later"));
        assertThat(plan.problem(DATABASE)).map(Blocker::reason).contains("SecretNotFound");
    }
}
