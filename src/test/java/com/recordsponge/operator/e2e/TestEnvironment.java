package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.e2e.ClusterTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** An environment of a test. */
record TestEnvironment(TestCluster cluster, String name) {

    static final String DOMAIN = ".recordsponge.localhost";

    String host() {
        return name + DOMAIN;
    }

    SiteClient site() {
        return new SiteClient(cluster, host());
    }

    /** Applies a spec, as the YAML below {@code spec:}. */
    void apply(String spec) {
        cluster.client()
                .resource(Serialization.unmarshal(
                        "apiVersion: recordsponge.com/v1\nkind: RecordSpongeEnvironment\nmetadata: {name: %s, namespace: %s}\nspec:\n%s"
                                .formatted(name, cluster.namespace(), spec.indent(2)),
                        RecordSpongeEnvironment.class))
                .createOr(existing -> existing.forceConflicts().serverSideApply());
    }

    /** Applies a staging site with a certificate and additional YAML of the spec. */
    void applyStaging(String further) {
        apply("""
        tier: staging
        image: recordsponge/expungeservice:staging
        host: %s
        tls: {issuerRef: {name: recordsponge-ca}}
        """.formatted(host()) + further);
    }

    /** Changes the spec with a JSON merge patch. */
    void patch(String spec) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
    }

    Resource<RecordSpongeEnvironment> resource() {
        return child(RecordSpongeEnvironment.class, name);
    }

    <R extends HasMetadata> Resource<R> child(Class<R> type, String childName) {
        return cluster.client().resources(type).inNamespace(cluster.namespace()).withName(childName);
    }

    /** All objects of one kind with the environment's label. */
    <R extends HasMetadata> List<R> children(Class<R> type) {
        return cluster.client()
                .resources(type)
                .inNamespace(cluster.namespace())
                .withLabel(Labels.ENVIRONMENT, name)
                .list()
                .getItems();
    }

    Deployment deployment() {
        return child(Deployment.class, name).get();
    }

    List<Pod> pods() {
        return children(Pod.class);
    }

    /** The Secret that the Ingresses name. */
    String tlsSecret() {
        return children(Ingress.class).stream()
                .flatMap(ingress -> ingress.getSpec().getTls().stream())
                .map(IngressTLS::getSecretName)
                .findFirst()
                .orElseThrow();
    }

    /** The decoded value of a Secret's key. */
    String secretValue(String secret, String key) {
        return new String(Base64.getDecoder()
                .decode(child(Secret.class, secret).get().getData().get(key)));
    }

    /** The Secret with which the environment's pods connect to the database. */
    String connection() {
        return SecretsInUse.names(deployment().getSpec().getTemplate().getSpec())
                .filter(secret -> UniqueName.isVersion(secret, name, "-database"))
                .findFirst()
                .orElseThrow();
    }

    List<Condition> conditions() {
        return Optional.ofNullable(resource().get().getStatus().conditions()).orElse(List.of());
    }

    Optional<Condition> condition(String type) {
        return conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /** Waits until a condition has a status and a reason, for the current spec. */
    void await(String type, String status, String reason) {
        eventually(() -> {
            var generation = resource().get().getMetadata().getGeneration();
            assertThat(condition(type)).as("condition %s of %s", type, name).hasValueSatisfying(condition -> {
                assertThat(condition.getStatus() + " " + condition.getReason())
                        .as(condition.getMessage())
                        .isEqualTo(status + " " + reason);
                assertThat(condition.getObservedGeneration()).isEqualTo(generation);
            });
        });
    }

    void awaitReady() {
        await("Ready", "True", "Running");
    }

    /** Waits until the site is ready, and asks it: it answers at once. */
    void awaitServed() {
        awaitReady();
        assertThat(site().get("/api/hello").status()).isEqualTo(200);
    }
}
