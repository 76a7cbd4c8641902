package com.recordsponge.operator.bench;

import static com.recordsponge.operator.support.Patience.await;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.Certificate;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.support.ControllerWrites;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many equal environments: a site with a cert-manager certificate, an alias, HSTS and two pods. */
final class Fleet implements AutoCloseable {

    /** Enough to keep the API server busy. */
    static final int THREADS = 8;

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private static final String ENVIRONMENT = """
      apiVersion: recordsponge.com/v1
      kind: RecordSpongeEnvironment
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        tier: prod
        replicas: 2
        image: recordsponge/expungeservice:prod
        host: %1$s.example.org
        aliases: [www-%1$s.example.org]
        tls: {issuerRef: {name: letsencrypt}}
        ingress: {hsts: {}}
        env: [{name: LOG_LEVEL, value: info}]
        resources: {requests: {memory: 256Mi}, limits: {memory: 512Mi}}
      """;

    private static final String EDIT = """
      {"spec": {"env": [{"name": "LOG_LEVEL", "value": "%s"}]}}
      """;

    /** The kinds of an environment's objects, by API version. */
    private static final Map<String, List<String>> KINDS = Map.of(
            "v1", List.of("Secret", "Service"),
            "apps/v1", List.of("Deployment"),
            "policy/v1", List.of("PodDisruptionBudget"),
            "networking.k8s.io/v1", List.of("NetworkPolicy", "Ingress"),
            "cert-manager.io/v1", List.of("Certificate"),
            "traefik.io/v1alpha1", List.of("Middleware"));

    private final KubernetesClient client;
    private final String namespace;
    private final SharedIndexInformer<RecordSpongeEnvironment> environments;

    Fleet(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.environments = client.resources(RecordSpongeEnvironment.class)
                .inNamespace(namespace)
                .inform();
    }

    int size() {
        return environments.getStore().list().size();
    }

    static String name(int index) {
        return "site-%04d".formatted(index);
    }

    /** Creates environments up to a number, and returns how long it took until all their objects were created. */
    Duration growTo(int count) throws InterruptedException {
        var first = size();
        var started = System.nanoTime();
        Parallel.run(THREADS, IntStream.range(first, count).boxed().toList(), this::create);
        awaitApplied(count);
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Creates one environment, and does not wait for the operator. */
    void create(int index) {
        client.resource(Serialization.unmarshal(
                        ENVIRONMENT.formatted(name(index), namespace), RecordSpongeEnvironment.class))
                .create();
    }

    /**
     * Writes what the Deployment controller, cert-manager and the ingress controller would write for the environments
     * that are not Ready, and waits until they are.
     */
    void markReady(int count) throws InterruptedException {
        var unready = environments.getStore().list().stream()
                .filter(environment -> !is(environment, "Ready", "True"))
                .map(environment -> environment.getMetadata().getName())
                .collect(Collectors.toSet());
        forEach(Deployment.class, unready, deployment -> client.resource(ControllerWrites.rolledOut(deployment))
                .updateStatus());
        forEach(Certificate.class, unready, this::issue);
        awaitAll(count, environment -> hasReason(environment, "AddressPending", "Routed"));
        forEach(Ingress.class, unready, ingress -> client.resource(ControllerWrites.admitted(ingress))
                .updateStatus());
        awaitAll(count, environment -> is(environment, "Ready", "True"));
    }

    private <T extends HasMetadata> void forEach(Class<T> kind, Set<String> names, Consumer<T> write)
            throws InterruptedException {
        var objects = client.resources(kind).inNamespace(namespace).list().getItems().stream()
                .filter(object ->
                        names.contains(object.getMetadata().getLabels().get(Labels.ENVIRONMENT)))
                .toList();
        Parallel.run(THREADS, objects, write);
    }

    /** Waits until every RouteReady has a message with that part. */
    void awaitRouteMessage(int count, String part) {
        awaitAll(count, environment -> condition(environment, "RouteReady").stream()
                .anyMatch(condition -> condition.getMessage().contains(part)));
    }

    private void awaitAll(int count, Predicate<RecordSpongeEnvironment> state) {
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(5))
                .until(() ->
                        environments.getStore().list().stream().filter(state).count() == count);
    }

    private void issue(Certificate certificate) {
        client.resource(ControllerWrites.issuedSecret(certificate)).serverSideApply();
        client.resource(ControllerWrites.issued(certificate)).updateStatus();
    }

    /** Whether all objects are applied that do not wait for the certificate: the operator writes the status after them. */
    private static boolean applied(RecordSpongeEnvironment environment) {
        return hasReason(environment, "Pending", "AddressPending", "Routed")
                && is(environment, "ImageResolved", "True");
    }

    private static boolean hasReason(RecordSpongeEnvironment environment, String... reasons) {
        return condition(environment, "RouteReady").stream()
                .anyMatch(condition -> List.of(reasons).contains(condition.getReason()));
    }

    private static boolean is(RecordSpongeEnvironment environment, String type, String status) {
        return condition(environment, type).stream()
                .anyMatch(condition -> condition.getStatus().equals(status));
    }

    private static List<Condition> condition(RecordSpongeEnvironment environment, String type) {
        var conditions = environment.getStatus().conditions();
        return conditions == null
                ? List.of()
                : conditions.stream()
                        .filter(condition -> condition.getType().equals(type))
                        .toList();
    }

    /** The objects that the operator created for one environment. */
    List<GenericKubernetesResource> objectsOf(String environment) {
        return KINDS.entrySet().stream()
                .flatMap(kinds ->
                        kinds.getValue().stream().flatMap(kind -> objects(kinds.getKey(), kind, environment).stream()))
                .toList();
    }

    private List<GenericKubernetesResource> objects(String apiVersion, String kind, String environment) {
        return client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withLabel(Labels.ENVIRONMENT, environment)
                .list()
                .getItems();
    }

    void awaitApplied(int count) {
        awaitAll(count, Fleet::applied);
    }

    /** Edits an environment, and returns how long the operator took to change its Deployment. */
    Duration timeToApplyEdit(String name) {
        var value = Long.toString(System.nanoTime());
        var deployment =
                client.resources(Deployment.class).inNamespace(namespace).withName(name);
        try (var informer = deployment.inform()) {
            var started = System.nanoTime();
            client.resources(RecordSpongeEnvironment.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), EDIT.formatted(value));
            await().atMost(TIMEOUT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> informer.getStore().list().stream().anyMatch(found -> hasEdit(found, value)));
            return Duration.ofNanos(System.nanoTime() - started);
        }
    }

    private static boolean hasEdit(Deployment deployment, String value) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .flatMap(container -> container.getEnv().stream())
                .anyMatch(variable -> value.equals(variable.getValue()));
    }

    /** Deletes a Deployment, and returns how long the operator took to recreate it. */
    Duration timeToRecreate(String name) {
        var deployment =
                client.resources(Deployment.class).inNamespace(namespace).withName(name);
        var uid = deployment.get().getMetadata().getUid();
        try (var informer = deployment.inform()) {
            var started = System.nanoTime();
            deployment.delete();
            await().atMost(TIMEOUT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> informer.getStore().list().stream()
                            .anyMatch(found -> !found.getMetadata().getUid().equals(uid)));
            return Duration.ofNanos(System.nanoTime() - started);
        }
    }

    @Override
    public void close() {
        environments.close();
    }
}
