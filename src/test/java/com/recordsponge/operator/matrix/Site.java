package com.recordsponge.operator.matrix;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.matrix.Step.Content;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An environment in its own namespace, with everything that the table's values name. */
record Site(World world, String namespace) {

    private static final String NAME = "site";

    /** Creates the namespace and what the table's values name. */
    void prepare() {
        apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .build());
        var contents = world.contents(namespace);
        contents.keySet().forEach(name -> apply(content(kind(name), name, contents.get(name))));
    }

    private static String kind(String content) {
        return content.endsWith("settings") ? "ConfigMap" : "Secret";
    }

    void apply(Spec spec) {
        var environment = new GenericKubernetesResource();
        environment.setApiVersion(HasMetadata.getApiVersion(RecordSpongeEnvironment.class));
        environment.setKind(HasMetadata.getKind(RecordSpongeEnvironment.class));
        environment.setMetadata(new ObjectMeta());
        environment.getMetadata().setNamespace(namespace);
        environment.getMetadata().setName(NAME);
        environment.setAdditionalProperty("spec", spec.values());
        apply(environment);
    }

    void change(Content change) {
        if (change.source().equals(Content.DELETED)) {
            client().resource(content(change.kind(), change.name(), Map.of())).delete();
        } else {
            var data = world.contents(namespace).get(change.source());
            client().resource(content(change.kind(), change.name(), data)).createOr(existing -> existing.update());
        }
    }

    private HasMetadata content(String kind, String name, Map<String, String> data) {
        return kind.equals("ConfigMap")
                ? new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withData(data)
                        .build()
                : new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withType(name.endsWith("certificate") ? "kubernetes.io/tls" : "Opaque")
                        .withStringData(data)
                        .build();
    }

    private void apply(HasMetadata object) {
        client().resource(object).forceConflicts().serverSideApply();
    }

    /** Why the environment is not Ready for its newest spec; empty if it is. */
    Optional<String> unready() {
        return unready("Ready", "True");
    }

    /** The same for another condition or status. */
    Optional<String> unready(String type, String status) {
        var environment = environment();
        var generation = environment.getMetadata().getGeneration();
        var conditions =
                environment.getStatus() == null ? null : environment.getStatus().conditions();
        if (conditions == null) {
            return Optional.of("no conditions");
        }
        return conditions.stream()
                        .anyMatch(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals(status)
                                && condition.getObservedGeneration().equals(generation))
                ? Optional.empty()
                : Optional.of(conditions.stream()
                        .filter(condition -> !condition.getStatus().equals("True"))
                        .map(condition -> "%s=%s %s (%d of %d): %s"
                                .formatted(
                                        condition.getType(),
                                        condition.getStatus(),
                                        condition.getReason(),
                                        condition.getObservedGeneration(),
                                        generation,
                                        condition.getMessage()))
                        .toList()
                        .toString());
    }

    /** Whether the operator has seen the newest spec. */
    boolean isObserved() {
        var environment = environment();
        return environment.getStatus() != null
                && environment
                        .getMetadata()
                        .getGeneration()
                        .equals(environment.getStatus().observedGeneration());
    }

    private RecordSpongeEnvironment environment() {
        return client().resources(RecordSpongeEnvironment.class)
                .inNamespace(namespace)
                .withName(NAME)
                .get();
    }

    /** The pods that are ready and not about to end. */
    List<Pod> readyPods() {
        return pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .toList();
    }

    /** Whether the ready pods have the variables in {@code env} of a spec. In a pod, {@code $$} means {@code $}. */
    boolean haveVariables(Spec spec) {
        var wanted = ((List<?>) spec.get("env").orElse(List.of()))
                .stream()
                        .map(Serialization::asJson)
                        .map(variable -> variable.replace("$", "$$"))
                        .toList();
        return readyPods().stream()
                .map(pod -> pod.getSpec().getContainers().getFirst().getEnv())
                .allMatch(
                        env -> env.stream().map(Serialization::asJson).toList().containsAll(wanted));
    }

    private List<Pod> pods() {
        return client().pods()
                .inNamespace(namespace)
                .withLabel(Labels.ENVIRONMENT, NAME)
                .list()
                .getItems();
    }

    /** Why pods do not start. */
    List<String> waitingPods() {
        return WaitingPods.reasons(pods());
    }

    /** Deletes one of several ready pods, as an eviction or a failed node does. */
    Optional<String> replaceAPod() {
        var victim = readyPods().stream().skip(1).findFirst();
        victim.ifPresent(pod -> client().resource(pod).delete());
        return victim.map(pod -> pod.getMetadata().getName());
    }

    /** Deletes the environment and its namespace. */
    void delete() {
        client().resources(RecordSpongeEnvironment.class)
                .inNamespace(namespace)
                .withName(NAME)
                .delete();
        client().namespaces().withName(namespace).delete();
    }

    private KubernetesClient client() {
        return world.client();
    }
}
