package com.recordsponge.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.UniqueName;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.FakeRegistryClient;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class StatusApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:%s
      host: staging.example.org
      """;

    private static final String FAILING =
            SPEC.formatted("one") + "progressDeadline: %s\nsessionKeySecretRef: {name: missing, key: key}\n";

    @Test
    void kubectlWaitReturnsForTheNewestSpec() throws IOException {
        apply("site", SPEC.formatted("one"));
        rollOut("site");
        admit("site");
        kubectl("wait", "--for=condition=Ready", "recordsponge/site", "--timeout=60s");
        apply("site", SPEC.formatted("two"));
        awaitCondition("site", "Ready", "False", "RollingOut");
        rollOut("site");
        kubectl("wait", "--for=condition=Ready", "recordsponge/site", "--timeout=60s");
        assertThat(imageOf("site"))
                .isEqualTo(
                        "recordsponge/expungeservice@" + FakeRegistryClient.digest("recordsponge/expungeservice:two"));
    }

    @Test
    void everyConditionHasTheGenerationOfTheSpec() {
        apply("site", SPEC.formatted("one"));
        rollOut("site");
        admit("site");
        awaitCondition("site", "Ready", "True", "Running");
        assertGenerations();
        apply("site", SPEC.formatted("one") + "suspend: true\n");
        scaleToZero("site");
        awaitCondition("site", "Ready", "False", "Suspended");
        assertGenerations();
        apply("site", SPEC.formatted("one") + "sessionKeySecretRef: {name: missing, key: key}\n");
        awaitCondition("site", "Ready", "False", "SecretNotFound");
        assertGenerations();
    }

    @Test
    void aFailurePastTheDeadlineIsStalled() {
        apply("site", FAILING.formatted("2s"));
        awaitCondition("site", "Stalled", "True", "SecretNotFound");
        awaitCondition("site", "Reconciling", "False", "SecretNotFound");
    }

    @Test
    void anEditRestartsTheDeadline() {
        apply("site", FAILING.formatted("2s"));
        awaitCondition("site", "Stalled", "True", "SecretNotFound");
        apply("site", FAILING.formatted("10s"));
        awaitCondition("site", "Reconciling", "True", "SecretNotFound");
        awaitCondition("site", "Stalled", "True", "SecretNotFound");
    }

    @Test
    void kubectlGetPrintsTheColumns() throws IOException {
        apply("site", SPEC.formatted("one"));
        rollOut("site");
        admit("site");
        awaitCondition("site", "Ready", "True", "Running");
        var lines = kubectl("get", "recordsponge").lines().toList();
        assertThat(lines.getFirst().split("\\s+"))
                .containsExactly("NAME", "TIER", "IMAGE", "READY", "REASON", "URL", "DATABASE", "CERTIFICATE", "AGE");
        assertThat(lines.get(1))
                .startsWith("site")
                .containsSubsequence(
                        "staging", "recordsponge/expungeservice:one", "True", "Running", "http://staging.example.org");
    }

    @Test
    void theOperatorLeavesAForeignObjectUnchanged() {
        var name = UniqueName.of(namespace, "site", "", "");
        var foreign = client().resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(1)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        apply("site", SPEC.formatted("one"));
        var condition = awaitCondition("site", "RouteReady", "False", "ConflictingObject");
        assertThat(condition.getMessage())
                .isEqualTo(
                        "Service %s exists and does not belong to this environment; delete it, or create the environment under another name."
                                .formatted(name));
        assertThat(child(Service.class, name).get().getSpec()).isEqualTo(foreign.getSpec());
        eventually(() -> assertThat(child(Deployment.class, "site").get())
                .as("the conflict does not block the workload")
                .isNotNull());
        child(Service.class, name).delete();
        admit("site");
    }

    @Test
    void theRouteWaitsForItsIngressClass() {
        apply(
                "site",
                SPEC.formatted("one") + "ingress: {className: late-%s}\n".formatted(namespace.hashCode() & 0xffff));
        var condition = awaitCondition("site", "RouteReady", "False", "IngressClassNotFound");
        assertThat(uniqueNames(Ingress.class, "site", "")).isEmpty();
        var name = condition.getMessage().split(" ")[1];
        client().resource(new IngressClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withController("example.org/other")
                        .endSpec()
                        .build())
                .create();
        admit("site");
        assertThat(unique(Ingress.class, "site", "").get().getMetadata().getAnnotations())
                .doesNotContainKey("traefik.ingress.kubernetes.io/router.entrypoints");
    }

    @Test
    void unsupportedBasicAuthPreventsTheRoute() {
        client().resource(new IngressClassBuilder()
                        .withNewMetadata()
                        .withName("plain")
                        .endMetadata()
                        .withNewSpec()
                        .withController("example.org/plain")
                        .endSpec()
                        .build())
                .serverSideApply();
        apply(
                "site",
                SPEC.formatted("one")
                        + "ingress: {className: plain, basicAuth: [{path: /access/, secretRef: {name: users}}]}\n");
        awaitCondition("site", "RouteReady", "False", "MiddlewareUnsupported");
        assertThat(uniqueNames(Ingress.class, "site", "")).isEmpty();
    }

    @Test
    void theOperatorPublishesOneEventPerChange() {
        apply("site", SPEC.formatted("one"));
        rollOut("site");
        awaitCondition("site", "WorkloadAvailable", "True", "Available");
        admit("site");
        awaitCondition("site", "Ready", "True", "Running");
        client().resource(podOf("site")).create();
        secret("irrelevant", Map.of());
        edit(child(Secret.class, "site-session-key").get(), secret -> secret.edit()
                .editMetadata()
                .addToAnnotations("a", "b")
                .endMetadata()
                .build());
        apply("site", SPEC.formatted("one") + "suspend: true\n");
        scaleToZero("site");
        awaitCondition("site", "Ready", "False", "Suspending");
        child(Pod.class, "site-pod").withGracePeriod(0).delete();
        awaitCondition("site", "Ready", "False", "Suspended");
        eventually(() -> assertThat(events()).extracting(Event::getReason).contains("Suspended"));
        assertThat(events())
                .extracting(Event::getReason)
                .contains("Running", "Available", "Routed", "Suspending")
                .doesNotHaveDuplicates();
        assertThat(events()).allSatisfy(event -> {
            assertThat(event.getInvolvedObject().getUid())
                    .isEqualTo(environment("site").getMetadata().getUid());
            assertThat(event.getType()).isEqualTo("Normal");
        });
    }

    @Test
    void theOperatorReportsARefusedWrite() {
        credentials("credentials", "pa55word");
        apply(
                "site",
                SPEC.formatted("one")
                        + "database: {host: '2001:db8::5432', name: site, credentialsSecretRef: {name: credentials}}\n");
        var condition = awaitCondition("site", "DatabaseReady", "False", "ApplyFailed");
        assertThat(condition.getMessage()).contains("IPv6", "not configured on this cluster");
    }

    private List<Event> events() {
        return client().v1().events().inNamespace(namespace).list().getItems();
    }

    private void assertGenerations() {
        RecordSpongeEnvironment environment = environment("site");
        assertThat(environment.getStatus().observedGeneration())
                .isEqualTo(environment.getMetadata().getGeneration());
        assertThat(environment.getStatus().conditions())
                .extracting(Condition::getObservedGeneration)
                .containsOnly(environment.getMetadata().getGeneration());
    }

    private String kubectl(String... arguments) throws IOException {
        return SERVER.kubectl(Stream.concat(Stream.of("--namespace", namespace), Stream.of(arguments))
                .toArray(String[]::new));
    }
}
