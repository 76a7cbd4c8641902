package com.recordsponge.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class CredentialsApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: staging.example.org
      database: {host: db.example.org, name: %s, credentialsSecretRef: {name: credentials}}
      """;

    @Test
    void theOperatorUsesASecretOnceItExists() {
        apply("site", SPEC.formatted("late"));
        awaitCondition("site", "DatabaseReady", "False", "SecretNotFound");
        awaitCondition("site", "Ready", "False", "SecretNotFound");
        assertThat(child(Deployment.class, "site").get())
                .as("no pod starts without its database")
                .isNull();
        credentials("credentials", "first");
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        rollOut("site");
        admit("site");
        awaitCondition("site", "Ready", "True", "Running");
    }

    @Test
    void theOperatorNamesAMissingKey() {
        secret("credentials", Map.of("username", "app"));
        apply("site", SPEC.formatted("keyless"));
        var condition = awaitCondition("site", "DatabaseReady", "False", "SecretIncomplete");
        assertThat(condition.getMessage()).isEqualTo("Secret credentials has no key password; add it.");
    }

    @Test
    void aChangedPasswordCausesOneRollout() {
        deploy("changed");
        var before = generation();
        credentials("credentials", "second");
        eventually(() -> assertThat(generation()).isEqualTo(before + 1));
        credentials("credentials", "third");
        eventually(() -> assertThat(generation()).isEqualTo(before + 2));
    }

    @Test
    void aLabelOnTheSecretCausesNoRollout() {
        deploy("labelled");
        var before = template("site");
        edit(child(Secret.class, "credentials").get(), secret -> secret.edit()
                .editMetadata()
                .addToLabels("a", "b")
                .endMetadata()
                .build());
        credentials("credentials", "second");
        eventually(() -> assertThat(template("site")).isNotEqualTo(before));
        assertThat(generation()).as("the changed data causes the only rollout").isEqualTo(2);
    }

    @Test
    void deletingTheSecretKeepsPodsRunning() {
        deploy("removed");
        var before = child(Deployment.class, "site").get();
        child(Secret.class, "credentials").delete();
        awaitCondition("site", "DatabaseReady", "False", "SecretNotFound");
        assertThat(child(Deployment.class, "site").get().getSpec()).isEqualTo(before.getSpec());
        unique(Secret.class, "site", "-database");
        apply("site", SPEC.formatted("removed") + "replicas: 2\n");
        eventually(
                () -> assertThat(child(Deployment.class, "site").get().getSpec().getReplicas())
                        .as("scaling goes on")
                        .isEqualTo(2));
        rollOut("site");
        awaitCondition("site", "Ready", "True", "Running");
    }

    @Test
    void podsNeverGetARefusedPassword() {
        deploy("refused");
        login.refuse("refused", Reason.AUTHENTICATION_FAILED);
        var running = podData(template("site").getSpec());
        credentials("credentials", "wrong");
        awaitCondition("site", "DatabaseReady", "False", "AuthenticationFailed");
        assertThat(podData(template("site").getSpec())).isEqualTo(running);
        assertThat(generation()).isEqualTo(1);
        login.accept("refused");
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        eventually(() -> assertThat(generation()).isEqualTo(2));
    }

    /** The role has reached its connection limit, say, while its pods serve. */
    @Test
    void aLoginThatFailsLaterIsAWarningAndHoldsNothingBack() {
        deploy("full");
        login.refuse("full", Reason.TOO_MANY_CONNECTIONS);
        credentials("credentials", "other");
        awaitCondition("site", "Ready", "False", "TooManyConnections");
        credentials("credentials", "first");
        awaitCondition("site", "Ready", "True", "Running");
        awaitCondition("site", "DatabaseReady", "False", "TooManyConnections");
        apply("site", SPEC.formatted("full") + "replicas: 2\n");
        eventually(
                () -> assertThat(child(Deployment.class, "site").get().getSpec().getReplicas())
                        .isEqualTo(2));
        rollOut("site");
        awaitCondition("site", "Ready", "True", "Running");
        awaitCondition("site", "DatabaseReady", "False", "TooManyConnections");
    }

    /** The API server of this test has no IPv6 and refuses the new Service. */
    @Test
    void aConnectionThatTheApiServerRefusesHoldsBackOnlyItself() {
        deploy("family");
        var running = podData(template("site").getSpec());
        apply("site", SPEC.formatted("family").replace("db.example.org", "'2001:db8::5432'") + "replicas: 2\n");
        var condition = awaitCondition("site", "DatabaseReady", "False", "ApplyFailed");
        assertThat(condition.getMessage()).contains("IPv6", "not configured on this cluster");
        eventually(
                () -> assertThat(child(Deployment.class, "site").get().getSpec().getReplicas())
                        .as("scaling goes on")
                        .isEqualTo(2));
        assertThat(podData(template("site").getSpec())).isEqualTo(running);
        apply("site", SPEC.formatted("family").replace("db.example.org", "192.0.2.7"));
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        eventually(() -> assertThat(podData(template("site").getSpec())).isNotEqualTo(running));
    }

    @Test
    void suspendingDoesNotRequireTheDatabase() {
        deploy("down");
        login.refuse("down", Reason.CONNECTION_REFUSED);
        credentials("credentials", "other");
        awaitCondition("site", "DatabaseReady", "False", "ConnectionRefused");
        apply("site", SPEC.formatted("down") + "suspend: true\n");
        scaleToZero("site");
        awaitCondition("site", "Suspended", "True", "Suspended");
    }

    @Test
    void aChangedEnvFromSecretCausesARollout() {
        secret("extra", Map.of("LOG_LEVEL", "info"));
        apply("site", """
        tier: staging
        image: recordsponge/expungeservice:staging
        host: staging.example.org
        envFrom: [{secretRef: {name: extra}}, {configMapRef: {name: late}}]
        """);
        awaitCondition("site", "WorkloadAvailable", "False", "ConfigMapNotFound");
        client().configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("late")
                        .endMetadata()
                        .addToData("A", "1")
                        .build())
                .create();
        rollOut("site");
        admit("site");
        awaitCondition("site", "Ready", "True", "Running");
        var before = template("site");
        secret("extra", Map.of("LOG_LEVEL", "debug"));
        eventually(() -> assertThat(template("site")).isNotEqualTo(before));
    }

    private void deploy(String database) {
        credentials("credentials", "first");
        apply("site", SPEC.formatted(database));
        rollOut("site");
        admit("site");
        awaitCondition("site", "Ready", "True", "Running");
    }

    private long generation() {
        return child(Deployment.class, "site").get().getMetadata().getGeneration();
    }
}
