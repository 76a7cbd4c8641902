package com.recordsponge.operator.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.FakeRegistryClient;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class SessionsApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:%s
      host: staging.example.org
      sessions: {storage: %s, storageClassName: %s}
      """;

    @Test
    void theOperatorReportsABoundVolume() {
        apply("site", SPEC.formatted("one", "1Gi", "slow"));
        awaitCondition("site", "SessionsReady", "False", "ClaimPending");
        awaitCondition("site", "Ready", "False", "ClaimPending");
        bind("site-sessions");
        awaitCondition("site", "SessionsReady", "True", "Bound");
        assertThat(environment("site").getStatus().sessions().capacity()).isEqualTo("1Gi");
        assertThat(claim().getMetadata().getOwnerReferences())
                .as("deleting the environment keeps the claim")
                .isEmpty();
    }

    @Test
    void theOperatorExpandsTheClaim() {
        var expandable = storageClass(true);
        apply("site", SPEC.formatted("one", "1Gi", expandable));
        bind("site-sessions");
        apply("site", SPEC.formatted("one", "2Gi", expandable));
        awaitCondition("site", "SessionsReady", "False", "Expanding");
        assertThat(requested()).isEqualTo(new Quantity("2Gi"));
    }

    @Test
    void theOperatorReportsARefusedExpansion() {
        assertThat(requestExpansion(storageClass(false)).getMessage())
                .startsWith("PersistentVolumeClaim site-sessions keeps its size of 1Gi: the API server refuses 2Gi (")
                .contains("the storageclass that provisions the pvc must support resize")
                .endsWith("Set allowVolumeExpansion on its StorageClass, or set sessions.storage back to 1Gi.");
    }

    @Test
    void aRefusedExpansionDoesNotBlockTheWorkload() {
        requestExpansion(storageClass(false));
        eventually(() ->
                assertThat(imageOf("site")).endsWith(FakeRegistryClient.digest("recordsponge/expungeservice:two")));
    }

    @Test
    void theOwnerCanRevertARefusedExpansion() {
        var fixed = storageClass(false);
        requestExpansion(fixed);
        assertThatThrownBy(() -> apply("site", SPEC.formatted("two", "1023Mi", fixed)))
                .hasMessageContaining("sessions.storage cannot be less than the size of the volume");
        apply("site", SPEC.formatted("two", "1Gi", fixed));
        awaitCondition("site", "SessionsReady", "True", "Bound");
    }

    @Test
    void theOperatorRetriesARefusedExpansion() {
        var later = storageClass(false);
        apply("site", SPEC.formatted("one", "1Gi", later));
        bind("site-sessions");
        apply("site", SPEC.formatted("one", "2Gi", later));
        awaitCondition("site", "SessionsReady", "False", "ExpansionRefused");
        edit(
                client().storage().v1().storageClasses().withName(later).get(),
                storageClass ->
                        storageClass.edit().withAllowVolumeExpansion(true).build());
        awaitCondition("site", "SessionsReady", "False", "Expanding");
    }

    @Test
    void theOperatorSetsALateStorageClass() {
        apply("site", SPEC.formatted("one", "1Gi", "null"));
        awaitCondition("site", "SessionsReady", "False", "StorageClassNotSet");
        apply("site", SPEC.formatted("one", "2Gi", "late"));
        awaitCondition("site", "SessionsReady", "False", "ClaimPending");
        assertThat(claim().getSpec().getStorageClassName()).isEqualTo("late");
    }

    @Test
    void theOperatorReusesARetainedClaim() {
        apply("site", SPEC.formatted("one", "2Gi", "slow"));
        bind("site-sessions");
        awaitCondition("site", "SessionsReady", "True", "Bound");
        var retained = claim();
        apply("site", SPEC.formatted("one", "1Gi", "slow").replaceFirst("sessions:.*", ""));
        eventually(() -> assertThat(condition("site", "SessionsReady")).isEmpty());
        apply("site", SPEC.formatted("one", "1Gi", "slow"));
        awaitCondition("site", "SessionsReady", "True", "Bound");
        assertThat(claim()).as("the claim keeps its larger size").isEqualTo(retained);
    }

    @Test
    void theOperatorReportsAClaimOfAnotherClass() {
        apply("site", SPEC.formatted("one", "1Gi", "old"));
        bind("site-sessions");
        apply("site", SPEC.formatted("one", "1Gi", "old").replaceFirst("sessions:.*", ""));
        eventually(() -> assertThat(condition("site", "SessionsReady")).isEmpty());
        apply("site", SPEC.formatted("one", "1Gi", "new"));
        assertThat(awaitCondition("site", "SessionsReady", "False", "StorageClassDiffers")
                        .getMessage())
                .contains("has StorageClass \"old\"");
    }

    @Test
    void podsNeverMountAForeignClaim() {
        createForeignClaim("site-sessions");
        apply("site", SPEC.formatted("one", "1Gi", "slow"));
        awaitCondition("site", "SessionsReady", "False", "ConflictingObject");
        assertThat(child(Deployment.class, "site").get()).isNull();
    }

    @Test
    void suspendingDoesNotRequireTheVolume() {
        apply("site", SPEC.formatted("one", "1Gi", "slow") + "suspend: true\n");
        eventually(() ->
                assertThat(imageOf("site")).endsWith(FakeRegistryClient.digest("recordsponge/expungeservice:one")));
        scaleToZero("site");
        awaitCondition("site", "Ready", "False", "Suspended");
        awaitCondition("site", "SessionsReady", "True", "NotMounted");
        assertThat(claim()).isNull();
    }

    /** Changes the image and requests a larger volume, which the StorageClass does not allow. */
    private Condition requestExpansion(String fixed) {
        apply("site", SPEC.formatted("one", "1Gi", fixed));
        bind("site-sessions");
        awaitCondition("site", "SessionsReady", "True", "Bound");
        apply("site", SPEC.formatted("two", "2Gi", fixed));
        return awaitCondition("site", "SessionsReady", "False", "ExpansionRefused");
    }

    private PersistentVolumeClaim claim() {
        return child(PersistentVolumeClaim.class, "site-sessions").get();
    }

    private Quantity requested() {
        return claim().getSpec().getResources().getRequests().get("storage");
    }

    /** Creates a StorageClass named after the namespace of the test: StorageClasses have no namespace. */
    private String storageClass(boolean expandable) {
        client().resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .withProvisioner("example.org/none")
                        .withAllowVolumeExpansion(expandable)
                        .build())
                .create();
        return namespace;
    }
}
