package com.recordsponge.operator.support;

import static com.recordsponge.operator.support.Patience.await;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the running operator with a real API server; each test has its own namespace. */
@ExtendWith(Diagnostics.class)
public abstract class ApiTest {

    protected static final TestApiServer SERVER = TestApiServer.get();

    @Inject
    protected FakeDatabaseLogin login;

    @Inject
    protected FakeRegistryClient registry;

    @Inject
    protected FakeSiteProbe site;

    protected String namespace;

    /** By namespace. */
    private final Map<String, TestDeploymentController> deployments = new HashMap<>();

    @BeforeEach
    void prepareNamespace(TestInfo test) throws IOException {
        // Environments of earlier tests would still own their hosts, which many tests share.
        client().resources(RecordSpongeEnvironment.class).inAnyNamespace().delete();
        var name = getClass().getSimpleName() + "-"
                + test.getTestMethod().orElseThrow().getName() + "-" + test.getDisplayName();
        var readable = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        namespace = SERVER.namespace("%s-%s"
                .formatted(
                        readable.substring(0, Math.min(readable.length(), 50)).replaceAll("-+$", ""),
                        Long.toString(System.nanoTime(), 36)));
        SERVER.installTraefik();
    }

    @AfterEach
    void stopDeployments() {
        deployments.values().forEach(TestDeploymentController::close);
    }

    /** The namespace whose diagnostics are printed if the test fails. */
    String namespaceUnderTest() {
        return namespace;
    }

    protected KubernetesClient client() {
        return SERVER.client();
    }

    /** Applies an environment; the spec is the YAML below {@code spec:}. */
    protected RecordSpongeEnvironment apply(String name, String spec) {
        return client().resource(Serialization.unmarshal(
                        "apiVersion: recordsponge.com/v1\nkind: RecordSpongeEnvironment\nmetadata: {name: %s, namespace: %s}\nspec:\n%s"
                                .formatted(name, namespace, spec.indent(2)),
                        RecordSpongeEnvironment.class))
                .forceConflicts()
                .serverSideApply();
    }

    protected Secret secret(String name, Map<String, String> data) {
        return secret(name, null, data);
    }

    /** @param type null for the default */
    protected Secret secret(String name, String type, Map<String, String> data) {
        return client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withType(type)
                        .withStringData(data)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    protected Secret credentials(String name, String password) {
        return secret(name, Map.of("username", "app", "password", password));
    }

    protected <R extends HasMetadata> Resource<R> child(Class<R> type, String name) {
        return client().resources(type).inNamespace(namespace).withName(name);
    }

    /** The object of a kind whose name is that of an environment, a suffix, and a hash. */
    protected <R extends HasMetadata> Resource<R> unique(Class<R> type, String environment, String suffix) {
        var names = uniqueNames(type, environment, suffix);
        Assertions.assertThat(names)
                .as("%s of %s%s", type.getSimpleName(), environment, suffix)
                .hasSize(1);
        return child(type, names.getFirst());
    }

    /** The names of all such objects. */
    protected List<String> uniqueNames(Class<? extends HasMetadata> type, String environment, String suffix) {
        return client().resources(type).inNamespace(namespace).list().getItems().stream()
                .map(object -> object.getMetadata().getName())
                .filter(name -> UniqueName.isVersion(name, environment, suffix))
                .toList();
    }

    /** Creates a Secret with a certificate for DNS names. */
    protected void certificate(String name, String... names) {
        secret(name, TestCertificate.of(names));
    }

    /** The data of the Secrets that the pods of an environment read, by name; empty for one that does not exist. */
    protected Map<String, Map<String, String>> podData(PodSpec pod) {
        return SecretsInUse.names(pod)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), name -> Optional.ofNullable(
                                child(Secret.class, name).get())
                        .map(Secret::getData)
                        .orElse(Map.of())));
    }

    /** The template of an environment's pods. */
    protected PodTemplateSpec template(String environment) {
        return child(Deployment.class, environment).get().getSpec().getTemplate();
    }

    protected RecordSpongeEnvironment environment(String name) {
        return child(RecordSpongeEnvironment.class, name).get();
    }

    protected Optional<Condition> condition(String environment, String type) {
        var status = environment(environment).getStatus();
        return status.conditions() == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }

    /** The messages of all Events. */
    protected List<String> eventMessages() {
        return client().v1().events().inNamespace(namespace).list().getItems().stream()
                .map(Event::getMessage)
                .toList();
    }

    /** Edits an object as it is now. */
    protected <T extends HasMetadata> void edit(T object, UnaryOperator<T> change) {
        Edits.edit(client(), object, change);
    }

    /** Edits the status of an object as it is now. */
    protected <T extends HasMetadata> void editStatus(T object, UnaryOperator<T> change) {
        Edits.editStatus(client(), object, change);
    }

    /** Sets an annotation of an environment; null removes it. */
    protected void annotate(String environment, String name, String value) {
        edit(child(RecordSpongeEnvironment.class, environment).get(), edited -> {
            var annotations = new HashMap<String, String>();
            Optional.ofNullable(edited.getMetadata().getAnnotations()).ifPresent(annotations::putAll);
            annotations.put(name, value);
            annotations.values().removeIf(Objects::isNull);
            edited.getMetadata().setAnnotations(annotations);
            return edited;
        });
    }

    /** Waits until a condition has a status and a reason, for the newest spec. It can have others a moment later. */
    protected Condition awaitCondition(String environment, String type, String status, String reason) {
        var awaited = new AtomicReference<Condition>();
        eventually(() -> Assertions.assertThat(condition(environment, type))
                .as("condition %s of %s", type, environment)
                .hasValueSatisfying(condition -> {
                    awaited.set(condition);
                    Assertions.assertThat(condition.getStatus() + " " + condition.getReason())
                            .as(condition.getMessage())
                            .isEqualTo(status + " " + reason);
                    Assertions.assertThat(condition.getObservedGeneration())
                            .isEqualTo(environment(environment).getMetadata().getGeneration());
                }));
        return awaited.get();
    }

    /**
     * Waits until an assertion on what the operator or the API server does holds. A read of a part of the status that
     * the operator has not written yet is retried.
     */
    public static void eventually(ThrowingRunnable assertion) {
        await().pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsMatching(Patience::isNotWrittenYet)
                .untilAsserted(assertion);
    }

    /** Sets the status that an ingress controller sets. A site whose pods are available then answers. */
    protected void admit(String name) {
        awaitCondition(name, "RouteReady", "False", "AddressPending");
        client().resources(Ingress.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(this::admit);
        eventually(() -> Assertions.assertThat(condition(name, "RouteReady"))
                .hasValueSatisfying(route -> Assertions.assertThat(route.getReason() + ": " + route.getMessage())
                        .containsPattern("^Routed|^Pending: No pod is ready")));
    }

    private void admit(Ingress ingress) {
        try {
            editStatus(ingress, ControllerWrites::admitted);
        } catch (ResourceNotFoundException _) {
            // Of a former route, which has ended meanwhile.
        }
    }

    /** A pod from the current template of the Deployment. */
    protected Pod podOf(String name) {
        var template = child(Deployment.class, name).get().getSpec().getTemplate();
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name + "-pod")
                .withLabels(template.getMetadata().getLabels())
                .addToLabels("pod-template-hash", "abc")
                .withAnnotations(template.getMetadata().getAnnotations())
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName(name + "-abc")
                .withUid(UUID.randomUUID().toString())
                .endOwnerReference()
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    /** The image in a Deployment's template; null while there is no Deployment. */
    protected String imageOf(String name) {
        return Optional.ofNullable(child(Deployment.class, name).get())
                .map(deployment -> deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .orElse(null);
    }

    /** Creates a claim that the operator does not own. */
    protected void createForeignClaim(String name) {
        client().resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .withRequests(Map.of("storage", new Quantity("1Gi")))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
    }

    /** Binds a claim as the volume controller does. */
    protected void bind(String claim) {
        eventually(() -> Assertions.assertThat(
                        child(PersistentVolumeClaim.class, claim).get())
                .isNotNull());
        edit(child(PersistentVolumeClaim.class, claim).get(), ControllerWrites::bound);
        editStatus(child(PersistentVolumeClaim.class, claim).get(), ControllerWrites::boundStatus);
    }

    /** Deletes an object without waiting for its finalizers. */
    protected <R extends HasMetadata> void remove(Class<R> type, String name) {
        var uid = child(type, name).get().getMetadata().getUid();
        child(type, name).delete();
        var remaining = child(type, name).get();
        if (remaining != null && remaining.getMetadata().getUid().equals(uid)) {
            remaining.getMetadata().setFinalizers(List.of());
            client().resource(remaining).update();
        }
    }

    /** Does what the Deployment controller does with an environment that is suspended or has no replicas. */
    protected void scaleToZero(String name) {
        eventually(() -> Assertions.assertThat(
                        child(Deployment.class, name).get().getSpec().getReplicas())
                .isZero());
        rollOut(name);
    }

    /** Lets the Deployment controller report that all pods are available, until others are needed. */
    protected void rollOut(String name) {
        eventually(
                () -> Assertions.assertThat(child(Deployment.class, name).get()).isNotNull());
        deployments
                .computeIfAbsent(namespace, watched -> new TestDeploymentController(client(), watched))
                .rollOut(child(Deployment.class, name).get());
    }
}
