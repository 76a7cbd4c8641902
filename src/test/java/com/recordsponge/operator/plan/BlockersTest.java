package com.recordsponge.operator.plan;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.api.v1.Component.DATABASE;
import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which components wait for missing or invalid Secrets and ConfigMaps. */
class BlockersTest {

    private static final Map<String, String> EMPTY = Map.of();

    private static Blocker blocker(EnvironmentFixture environment, Component component) {
        return environment.plan().blocker(component).orElseThrow();
    }

    private static List<Component> blocked(EnvironmentFixture environment) {
        var plan = environment.plan();
        return Arrays.stream(Component.values()).filter(plan::blocked).toList();
    }

    @Test
    void theOperatorNamesMissingCredentials() {
        var environment = environment().withDatabase().withoutSecret("credentials");
        assertThat(blocker(environment, DATABASE))
                .isEqualTo(new Blocker(
                        DATABASE,
                        Reason.SECRET_NOT_FOUND,
                        "Secret credentials does not exist in namespace recordsponge; create it."));
    }

    @Test
    void theOperatorNamesAMissingKey() {
        var environment = environment().withDatabase().secret("credentials", Map.of("username", "app"));
        assertThat(blocker(environment, DATABASE))
                .isEqualTo(new Blocker(
                        DATABASE, Reason.SECRET_INCOMPLETE, "Secret credentials has no key password; add it."));
    }

    @Test
    void anEmptyPasswordCountsAsMissing() {
        var environment = environment().withDatabase().secret("credentials", Map.of("username", "app", "password", ""));
        assertThat(blocker(environment, DATABASE).reason()).isEqualTo(Reason.SECRET_INCOMPLETE);
    }

    @Test
    void invalidCredentialsBlockTheDatabase() {
        var environment =
                environment().withDatabase().secret("credentials", Map.of("username", "app", "password", "pa55word\n"));
        assertThat(blocker(environment, DATABASE))
                .isEqualTo(
                        new Blocker(
                                DATABASE,
                                Reason.SECRET_INVALID,
                                "Key password of Secret credentials contains a line break or another control character; correct it."));
        environment.secret("credentials", Map.of("username", "a".repeat(64), "password", "pa55word"));
        assertThat(blocker(environment, DATABASE).message())
                .isEqualTo("Key username of Secret credentials is longer than 63 bytes; correct it.");
    }

    @Test
    void anInvalidSessionKeyBlocksTheWorkload() {
        var environment = environment()
                .with("sessionKeySecretRef", "{name: app, key: key}")
                .secret("app", Map.of("key", "a\0b"));
        assertThat(blocker(environment, WORKLOAD))
                .isEqualTo(new Blocker(
                        WORKLOAD,
                        Reason.SECRET_INVALID,
                        "Key key of Secret app contains a NUL character; correct it."));
    }

    @Test
    void onlyTheWorkloadWaitsForItsDatabase() {
        assertThat(blocked(environment().withDatabase().withoutSecret("credentials")))
                .containsExactly(DATABASE, WORKLOAD);
    }

    @Test
    void aMissingCaBlocksTheDatabase() {
        var missing = environment().withVerifiedDatabase().withoutSecret("db-ca");
        assertThat(blocker(missing, DATABASE).reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
        assertThat(blocker(missing, DATABASE).message()).contains("Secret db-ca");
        var keyless = environment().withVerifiedDatabase().secret("db-ca", EMPTY);
        assertThat(blocker(keyless, DATABASE).reason()).isEqualTo(Reason.SECRET_INCOMPLETE);
    }

    @Test
    void aMissingSessionKeyBlocksOnlyTheWorkload() {
        var environment = environment().withDatabase().with("sessionKeySecretRef", "{name: app, key: SECRET_KEY}");
        assertThat(blocker(environment, WORKLOAD).reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
        assertThat(blocked(environment)).containsExactly(WORKLOAD);
    }

    @Test
    void aSecretWithoutSessionKeyBlocksTheWorkload() {
        var environment = environment()
                .with("sessionKeySecretRef", "{name: app, key: SECRET_KEY}")
                .secret("app", Map.of("KEY", "x"));
        assertThat(blocker(environment, WORKLOAD))
                .isEqualTo(
                        new Blocker(WORKLOAD, Reason.SECRET_INCOMPLETE, "Secret app has no key SECRET_KEY; add it."));
    }

    @Test
    void aMissingEnvFromSecretBlocksTheWorkload() {
        var environment = environment().with("envFrom", "[{secretRef: {name: extra}}]");
        assertThat(blocker(environment, WORKLOAD).reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
        assertThat(environment.secret("extra", EMPTY).plan().blockers()).isEmpty();
    }

    @Test
    void aMissingEnvFromConfigMapBlocksTheWorkload() {
        var environment =
                environment().with("envFrom", "[{configMapRef: {name: extra}}]").secret("extra", EMPTY);
        assertThat(blocker(environment, WORKLOAD))
                .isEqualTo(new Blocker(
                        WORKLOAD,
                        Reason.CONFIG_MAP_NOT_FOUND,
                        "ConfigMap extra does not exist in namespace recordsponge; create it."));
        assertThat(environment.configMap("extra", EMPTY).plan().blockers()).isEmpty();
    }

    @Test
    void missingReferencesDoNotBlockSuspending() {
        var environment = environment()
                .withDatabase()
                .withoutSecret("credentials")
                .with("sessionKeySecretRef", "{name: app, key: SECRET_KEY}")
                .with("suspend", "true");
        assertThat(blocked(environment)).containsExactly(DATABASE);
    }

    @Test
    void aBlockedRouteDoesNotBlockTheWorkload() {
        var plan = environment().withTls().plan().with(List.of(new Blocker(ROUTE, Reason.CONFLICTING_OBJECT, "m")));
        assertThat(plan.blocked(ROUTE)).isTrue();
        assertThat(plan.blocked(WORKLOAD)).isFalse();
        assertThat(plan.blocked(CERTIFICATE)).isFalse();
    }

    @Test
    void theFirstBlockerOfAComponentIsReported() {
        var plan = environment()
                .withDatabase()
                .withoutSecret("credentials")
                .plan()
                .with(List.of(new Blocker(DATABASE, Reason.APPLY_FAILED, "later")));
        assertThat(plan.blocker(DATABASE)).map(Blocker::reason).contains(Reason.SECRET_NOT_FOUND);
    }
}
