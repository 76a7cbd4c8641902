package com.recordsponge.operator.faults;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.Certificate;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.support.StubRegistry;
import com.recordsponge.operator.support.TestPostgres;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An environment with every kind of child object, in its own namespace. */
record FullEnvironment(ControlPlane plane, String namespace) {

    static final String NAME = "site";

    private static final String CREDENTIALS = "credentials";
    private static final String EVERYTHING = """
      apiVersion: recordsponge.com/v1
      kind: RecordSpongeEnvironment
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        tier: prod
        image: recordsponge/expungeservice:first
        replicas: 2
        host: %2$s.example.org
        aliases: [www.%2$s.example.org]
        tls: {issuerRef: {name: letsencrypt}}
        ingress:
          timeout: 300s
          hsts: {maxAge: 8760h, includeSubdomains: true}
          basicAuth: [{path: /access/, secretRef: {name: users}}]
        env: [{name: LOG_LEVEL, value: debug}]
        envFrom: [{secretRef: {name: extra}, prefix: EXTRA_}, {configMapRef: {name: settings}}]
        sessions: {storage: 1Gi, storageClassName: local-path}
        database: {host: %3$s, port: %4$d, name: %5$s, credentialsSecretRef: {name: %6$s}}
      """;

    /** Changes most values, and removes what required further child objects. */
    private static final String UPDATE = """
      spec:
        image: recordsponge/expungeservice:second
        replicas: 1
        aliases: null
        ingress: {hsts: null}
        env: [{name: LOG_LEVEL, value: info}]
      """;

    void create(String password) {
        secret("users", Map.of("users", "access:$2y$05$wLsCT4tOVsGY8yYyiLZvAuDf8fZ7MTTXUg2XLzVGBpb8H5q9dJcDe"));
        secret("extra", Map.of("TOKEN", "extra"));
        setting("on");
        setPassword(password);
        apply(Serialization.unmarshal(
                EVERYTHING.formatted(
                        NAME,
                        namespace,
                        plane.postgres().address(),
                        plane.postgres().port(),
                        TestPostgres.NAME,
                        CREDENTIALS),
                RecordSpongeEnvironment.class));
    }

    /** Sets a variable of the application in a ConfigMap. */
    void setting(String value) {
        apply(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("settings")
                .endMetadata()
                .withData(Map.of("FEATURE", value))
                .build());
    }

    /** The Secrets that new pods read, whose names change with their data; none before the Deployment exists. */
    Set<String> podSecrets() {
        return deployment().stream()
                .flatMap(deployment ->
                        SecretsInUse.names(deployment.getSpec().getTemplate().getSpec()))
                .collect(Collectors.toSet());
    }

    private Optional<Deployment> deployment() {
        return Optional.ofNullable(plane.client()
                .resources(Deployment.class)
                .inNamespace(namespace)
                .withName(NAME)
                .get());
    }

    void update() {
        patch(UPDATE);
    }

    /** Sets the password in the Secret; the server already has it. */
    void setPassword(String password) {
        secret(CREDENTIALS, Map.of("username", TestPostgres.NAME, "password", password));
    }

    /** Deploys an image whose pods never become ready, and returns to the former one. */
    void deployBrokenImage() {
        patch("spec: {image: '%s', progressDeadline: 3s}".formatted(StubRegistry.BROKEN_IMAGE));
    }

    /** Takes over the image of another environment. */
    void promote() {
        var source = new SourceEnvironment(
                plane.client(), plane.environment(namespace + "-source").namespace());
        source.create(this);
        patch("spec: {image: recordsponge/expungeservice, progressDeadline: 5m, release: %s}"
                .formatted(source.promotion()));
    }

    void suspend() {
        patch("spec: {suspend: true}");
    }

    void delete(DeletionPropagation propagation) {
        resource().withPropagationPolicy(propagation).delete();
    }

    Resource<RecordSpongeEnvironment> resource() {
        return plane.client()
                .resources(RecordSpongeEnvironment.class)
                .inNamespace(namespace)
                .withName(NAME);
    }

    /**
     * Whether the environment reports that the operator has completed a phase.
     *
     * @param secretsBefore the {@link #podSecrets} at the start of the phase: a changed Secret does not change the generation
     */
    boolean hasCompleted(Phase phase, Set<String> secretsBefore) {
        var now = Optional.ofNullable(resource().get());
        return switch (phase) {
            case DELETE -> now.isEmpty();
            case SUSPEND ->
                now.filter(environment -> reports(environment, "Suspended")).isPresent();
            case FAILED_IMAGE ->
                isRolledOut()
                        && now.flatMap(environment -> environment.getStatus().condition(ConditionType.STALLED))
                                .filter(stalled -> "RolledBack".equals(stalled.getReason()))
                                .isPresent();
            case CREATE, UPDATE, PROMOTION ->
                now.filter(environment -> reports(environment, "Ready")).isPresent() && hasOneCertificate();
            case SECRET_CHANGE ->
                !podSecrets().equals(secretsBefore)
                        && isRolledOut()
                        && now.filter(environment -> reports(environment, "Ready"))
                                .isPresent();
        };
    }

    /** The operator deletes the former one some seconds later. */
    private boolean hasOneCertificate() {
        return plane.client()
                        .resources(Certificate.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .size()
                == 1;
    }

    private boolean isRolledOut() {
        return deployment()
                .filter(deployment -> {
                    var status = deployment.getStatus();
                    var replicas = deployment.getSpec().getReplicas();
                    return deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
                            && replicas.equals(status.getReplicas())
                            && replicas.equals(status.getUpdatedReplicas())
                            && replicas.equals(status.getAvailableReplicas());
                })
                .isPresent();
    }

    private static boolean reports(RecordSpongeEnvironment environment, String type) {
        var conditions = environment.getStatus().conditions();
        return conditions != null
                && conditions.stream()
                        .filter(condition -> condition.getType().equals(type))
                        .filter(condition -> condition.getStatus().equals("True"))
                        .anyMatch(condition -> condition
                                .getObservedGeneration()
                                .equals(environment.getMetadata().getGeneration()));
    }

    /** The environment's status, for messages. */
    String status() {
        return Serialization.asYaml(resource().get());
    }

    /** The number of the environment's Events, by the summary of the request that created them. */
    Map<String, Long> events() {
        return plane.client().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(NAME))
                .filter(event -> event.getInvolvedObject().getKind().equals("RecordSpongeEnvironment"))
                .collect(Collectors.groupingBy(ApiRequest::summaryOf, Collectors.counting()));
    }

    private void patch(String yaml) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), yaml);
    }

    private void secret(String name, Map<String, String> data) {
        apply(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withStringData(data)
                .build());
    }

    private void apply(HasMetadata object) {
        plane.client().resource(object).forceConflicts().serverSideApply();
    }
}
