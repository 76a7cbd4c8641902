package com.recordsponge.operator.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.Planner;
import com.recordsponge.operator.plan.PodGroup;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.Reference.Kind;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An environment as its owner writes it, in the cluster it is written for. Starts as the shortest valid one, in a
 * cluster with Traefik and cert-manager; the schema's defaults are not filled in.
 */
public final class EnvironmentFixture {

    public static final String NAMESPACE = "recordsponge";
    public static final Capabilities K3S = new Capabilities(true, true, "traefik.io/ingress-controller");

    /** k3s' ingress controller. */
    public static final PodGroup TRAEFIK = new PodGroup("kube-system", Map.of("app.kubernetes.io/name", "traefik"));

    /** When the operator wrote the status last: later than anything in a test, and of no meaning to it. */
    private static final String LATER = "2099-01-01T00:00:00Z";

    private static final String DATABASE =
            "{host: 10.42.0.1, name: record_expunge, credentialsSecretRef: {name: credentials}}";

    private final Map<String, Object> spec = new LinkedHashMap<>();
    private final Map<Reference, Map<String, byte[]>> data = new HashMap<>();
    private final Map<String, String> taken = new HashMap<>();
    private String name = "staging";
    private long generation = 1;
    private String written = "2026-01-01T00:00:00Z";
    private EnvironmentStatus status;
    private Capabilities capabilities = K3S;
    private Optional<PodGroup> ingressPods = Optional.of(TRAEFIK);

    private EnvironmentFixture() {
        with("tier", "staging").with("image", "{repository: recordsponge/expungeservice, tag: staging}");
        with("host", "recordsponge.test");
    }

    public static EnvironmentFixture environment() {
        return new EnvironmentFixture();
    }

    public EnvironmentFixture named(String other) {
        name = other;
        return this;
    }

    /** Sets a field of the spec, such as {@code ingress.timeout}, to a value in YAML. */
    public EnvironmentFixture with(String field, String yaml) {
        var parent = spec;
        var names = field.split("\\.");
        for (var index = 0; index < names.length - 1; index++) {
            parent = child(parent, names[index]);
        }
        parent.put(
                names[names.length - 1],
                Serialization.unmarshal("value: " + yaml, Map.class).get("value"));
        return this;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
    }

    /** A certificate issued by cert-manager. */
    public EnvironmentFixture withTls() {
        return with("tls", "{issuerRef: {name: letsencrypt}}");
    }

    /** A database at an address, and the Secret with its credentials. */
    public EnvironmentFixture withDatabase() {
        return with("database", DATABASE).secret("credentials", Map.of("username", "app", "password", "pa55word"));
    }

    /** A database whose server's certificate is verified, and the Secrets for it. */
    public EnvironmentFixture withVerifiedDatabase() {
        return withDatabase()
                .with("database.sslMode", "verify-full")
                .with("database.caSecretRef", "{name: db-ca, key: ca.crt}")
                .secret("db-ca", Map.of("ca.crt", "PEM"));
    }

    /** Puts a Secret into the environment's namespace. */
    public EnvironmentFixture secret(String secret, Map<String, String> values) {
        return data(new Reference(Kind.SECRET, NAMESPACE, secret), values);
    }

    /** Puts a ConfigMap into the environment's namespace. */
    public EnvironmentFixture configMap(String configMap, Map<String, String> values) {
        return data(new Reference(Kind.CONFIG_MAP, NAMESPACE, configMap), values);
    }

    private EnvironmentFixture data(Reference reference, Map<String, String> values) {
        var bytes = new TreeMap<String, byte[]>();
        values.forEach((key, value) -> bytes.put(key, value.getBytes(UTF_8)));
        data.put(reference, bytes);
        return this;
    }

    public EnvironmentFixture withoutSecret(String secret) {
        data.remove(new Reference(Kind.SECRET, NAMESPACE, secret));
        return this;
    }

    public EnvironmentFixture in(Capabilities cluster) {
        capabilities = cluster;
        return this;
    }

    /** By an operator that makes no NetworkPolicies. */
    public EnvironmentFixture withoutNetworkPolicy() {
        ingressPods = Optional.empty();
        return this;
    }

    /** Another environment, as namespace/name, has the name. */
    public EnvironmentFixture taken(String host, String other) {
        taken.put(host, other);
        return this;
    }

    /** The owner writes the spec again, at the given time. */
    public EnvironmentFixture written(Instant time) {
        generation++;
        written = time.toString();
        return this;
    }

    public EnvironmentFixture status(EnvironmentStatus before) {
        status = before;
        return this;
    }

    public RecordSpongeEnvironment build() {
        var json = Serialization.asJson(Map.of(
                "metadata", Map.of("namespace", NAMESPACE, "name", name, "generation", generation), "spec", spec));
        var environment = Serialization.unmarshal(json, RecordSpongeEnvironment.class);
        environment.setStatus(status);
        environment
                .getMetadata()
                .setManagedFields(List.of(
                        new ManagedFieldsEntryBuilder()
                                .withManager("kubectl")
                                .withTime(written)
                                .build(),
                        new ManagedFieldsEntryBuilder()
                                .withManager("operator")
                                .withSubresource("status")
                                .withTime(LATER)
                                .build()));
        return environment;
    }

    public PlanInput observation() {
        return new PlanInput(data, capabilities, ingressPods, taken);
    }

    public EnvironmentPlan plan() {
        return Planner.plan(build(), observation());
    }
}
