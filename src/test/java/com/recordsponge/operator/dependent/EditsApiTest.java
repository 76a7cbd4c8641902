package com.recordsponge.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.dependent.FieldRule.Treatment;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.Children;
import com.recordsponge.operator.support.FakeRegistryClient;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every edit of the environment's objects by somebody else is put back or reported, or is one of those left to others. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class EditsApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:%s
      host: edits.example.org
      replicas: 2
      tls: {secretName: provided}
      ingress: {timeout: 300s, hsts: {maxAge: 1h}}
      database: {host: 10.42.0.1, name: edits_db, credentialsSecretRef: {name: credentials}}
      """;

    @BeforeEach
    void deploySite() {
        credentials("credentials", "first");
        certificate("provided", "edits.example.org");
        apply("site", SPEC.formatted("one"));
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        rollOut("site");
        awaitCondition("site", "WorkloadAvailable", "True", "Available");
        admit("site");
    }

    @Test
    void everyEditIsPutBackOrIsOneOfThoseLeftToOthers() {
        var failures = new SoftAssertions();
        Arrays.stream(FieldEdit.values())
                .filter(edit -> edit.treatment == Treatment.PUT_BACK)
                .forEach(edit -> failures.assertThatCode(() -> assertPutBack(edit))
                        .as(edit.name())
                        .doesNotThrowAnyException());
        Arrays.stream(FieldEdit.values())
                .filter(edit -> edit.treatment != Treatment.PUT_BACK)
                .forEach(edit -> failures.assertThatCode(() -> assertLeft(edit))
                        .as(edit.name())
                        .doesNotThrowAnyException());
        failures.assertAll();
    }

    private void assertPutBack(FieldEdit edit) {
        var before = content(edit);
        edit(edit);
        eventually(() -> assertThat(content(edit)).isEqualTo(before));
    }

    /** The operator writes the object once more, for a change of its own, and the edit is still there. */
    private void assertLeft(FieldEdit edit) {
        var before = content(edit);
        var edited = Children.content(edit(edit));
        assertThat(edited).isNotEqualTo(before);
        var mark = SERVER.audit().mark();
        edit(object(edit).get(), object -> {
            object.getMetadata().getLabels().put("recordsponge.com/environment", "other");
            return object;
        });
        eventually(() -> assertThat(SERVER.audit().operatorWrites(mark)).anyMatch(write -> write.contains("/site")));
        eventually(() -> assertThat(content(edit)).isEqualTo(edited));
    }

    private HasMetadata edit(FieldEdit edit) {
        return object(edit)
                .patch(
                        PatchContext.of(edit.patchType()),
                        Serialization.asJson(Serialization.unmarshal("---\n" + edit.patch, Map.class)));
    }

    /** The name of some objects ends in a hash. */
    private Resource<? extends HasMetadata> object(FieldEdit edit) {
        return edit.object.endsWith("-*")
                ? unique(
                        edit.type, "site", edit.object.substring("site".length(), edit.object.length() - "-*".length()))
                : child(edit.type, edit.object);
    }

    private Object content(FieldEdit edit) {
        return Children.content(object(edit).get());
    }

    /** What pods read changes only together with their template. */
    @ParameterizedTest
    @ValueSource(strings = {"-database", "-copy"})
    void theApiServerRefusesEditsOfWhatPodsRead(String suffix) {
        var secret = unique(Secret.class, "site", suffix);
        assertThatThrownBy(() -> secret.patch(
                        PatchContext.of(PatchType.JSON_MERGE), "{\"data\": {\"PGHOST\": \"ZWxzZXdoZXJl\"}}"))
                .hasMessageContaining("immutable");
    }

    @Test
    void aFieldThatIsChangedAgainAndAgainIsReportedAndLeft() {
        for (var round = 0; round < PutBacks.LIMIT; round++) {
            scale(7);
            awaitReplicas(2);
        }
        scale(7);
        var condition = awaitCondition("site", "WorkloadAvailable", "False", "FieldConflict");
        assertThat(condition.getMessage())
                .startsWith("Deployment site: spec.replicas was put back 3 times in 10 minutes")
                .contains("changed again by fabric8-kubernetes-client");
        var mark = SERVER.audit().mark();
        scale(8);
        credentials("credentials", "second");
        eventually(() -> assertThat(SERVER.audit().operatorWrites(mark))
                .anyMatch(write -> write.startsWith("patch secrets/site-database-")));
        awaitReplicas(2);

        scale(9);
        apply("site", SPEC.formatted("two"));
        awaitReplicas(2);
        rollOut("site");
        awaitCondition("site", "WorkloadAvailable", "True", "Available");
    }

    @Test
    void aPausedRolloutIsReported() {
        edit(
                child(Deployment.class, "site").get(),
                deployment ->
                        deployment.edit().editSpec().withPaused(true).endSpec().build());
        apply("site", SPEC.formatted("two"));
        eventually(() ->
                assertThat(imageOf("site")).endsWith(FakeRegistryClient.digest("recordsponge/expungeservice:two")));
        reportUpdated(0);
        var condition = awaitCondition("site", "WorkloadAvailable", "False", "RolloutPaused");
        assertThat(condition.getMessage()).contains("kubectl rollout resume deployment/site");
    }

    @Test
    void aCopiedDeploymentIsNamedAndDoesNotHideTheEnvironmentsOwn() {
        var copy = child(Deployment.class, "site").get();
        client().resource(copy.edit()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("site-debug")
                        .withLabels(copy.getMetadata().getLabels())
                        .endMetadata()
                        .withStatus(null)
                        .build())
                .create();
        eventually(() -> assertThat(condition("site", "WorkloadAvailable"))
                .hasValueSatisfying(
                        condition -> assertThat(condition.getMessage()).contains("Deployment site-debug")));
        reportUpdated(1);
        awaitCondition("site", "WorkloadAvailable", "False", "RollingOut");
        assertThat(child(Deployment.class, "site-debug").get()).isNotNull();
    }

    /** As the Deployment controller reports it. */
    private void reportUpdated(int pods) {
        editStatus(child(Deployment.class, "site").get(), deployment -> deployment
                .edit()
                .editStatus()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withUpdatedReplicas(pods)
                .endStatus()
                .build());
    }

    private void scale(int replicas) {
        edit(child(Deployment.class, "site").get(), deployment -> deployment
                .edit()
                .editSpec()
                .withReplicas(replicas)
                .endSpec()
                .build());
    }

    private void awaitReplicas(int replicas) {
        eventually(
                () -> assertThat(child(Deployment.class, "site").get().getSpec().getReplicas())
                        .isEqualTo(replicas));
    }
}
