package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentSpec;
import com.recordsponge.operator.api.v1.IngressSpec;
import com.recordsponge.operator.api.v1.SecretKeyRef;
import com.recordsponge.operator.api.v1.SessionsSpec;
import com.recordsponge.operator.api.v1.Tier;
import com.recordsponge.operator.database.DatabaseConnection;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one environment needs.
 *
 * @param ingressPods the only pods that may send requests to the application; empty where traffic is not limited
 * @param taken names that another environment has; nothing of this one may serve them
 * @param database the database to connect to; null without one, and while a problem of {@link Component#DATABASE} hides it
 * @param databaseAddresses IP addresses of the database's server, sorted; empty without one and until a login has
 *     succeeded
 * @param consumedData digest of the data of the Secrets and ConfigMaps that pods read
 * @param problems what keeps steps from going on
 */
public record EnvironmentPlan(
        String namespace,
        String name,
        EnvironmentSpec spec,
        Capabilities capabilities,
        Optional<PodGroup> ingressPods,
        Set<String> taken,
        DatabaseConnection database,
        List<String> databaseAddresses,
        String consumedData,
        List<Blocker> problems) {

    public static final int APPLICATION_PORT = 5000;

    /** After the environment's name: objects of its database's connection. */
    public static final String DATABASE_SUFFIX = "-database";

    /** After the environment's name: the Secret of a generated session signing key. */
    public static final String SECRET_KEY_SUFFIX = "-secret-key";

    /** After the environment's name: the claim of the volume of its sessions. */
    public static final String SESSIONS_SUFFIX = "-sessions";

    /** Labels of the objects made for this environment. */
    public Map<String, String> labels() {
        return Labels.of(name);
    }

    /** Metadata of an object made for this environment. */
    public ObjectMeta metadata(String objectName) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(objectName)
                .withLabels(labels())
                .build();
    }

    /** Pods to run: none while suspended. */
    public int replicas() {
        return suspended() ? 0 : spec.replicas() == null ? 1 : spec.replicas();
    }

    public boolean suspended() {
        return Boolean.TRUE.equals(spec.suspend());
    }

    /** Seconds that a rollout may go without progress. */
    public Duration progressDeadline() {
        return spec.progressDeadline() == null ? Duration.ofMinutes(5) : Durations.parse(spec.progressDeadline());
    }

    /** The application's own {@code TIER}, of which it knows only two values. */
    public String applicationTier() {
        return spec.tier() == Tier.DEV ? "development" : "production";
    }

    /** Whether the session signing key is ours to generate and keep. */
    public boolean generatesSecretKey() {
        return spec.secretKeyRef() == null;
    }

    /** Where the session signing key is. */
    public SecretKeyRef secretKey() {
        return generatesSecretKey() ? new SecretKeyRef(name + SECRET_KEY_SUFFIX, "SECRET_KEY") : spec.secretKeyRef();
    }

    /** Name of the connection Secret, and of the Service and EndpointSlice of a database at an address. */
    public String databaseObject() {
        return name + DATABASE_SUFFIX;
    }

    /** The volume that keeps sessions; empty where they end with their pod. */
    public Optional<SessionsSpec> sessions() {
        return Optional.ofNullable(spec.sessions());
    }

    /** Name of the PersistentVolumeClaim of that volume. */
    public String sessionsClaim() {
        return name + SESSIONS_SUFFIX;
    }

    public boolean tls() {
        return spec.tls() != null;
    }

    /** Whether cert-manager issues the certificate. */
    public boolean issuesCertificate() {
        return tls() && spec.tls().issuerRef() != null;
    }

    /** Secret of the certificate: one that is brought, or ours. */
    public String tlsSecret() {
        return issuesCertificate() ? name + "-tls" : spec.tls().secretName();
    }

    /** Further names that lead to the host: those that are not another environment's. */
    public List<String> aliases() {
        return spec.aliases() == null
                ? List.of()
                : spec.aliases().stream()
                        .filter(alias -> !taken.contains(alias))
                        .toList();
    }

    public String ingressClass() {
        return spec.ingressClass();
    }

    public Optional<IngressSpec.Hsts> hsts() {
        return ingress().map(IngressSpec::hsts);
    }

    public List<IngressSpec.BasicAuth> basicAuth() {
        return ingress().map(IngressSpec::basicAuth).orElse(List.of());
    }

    /** How long the ingress controller waits for an answer to begin; empty for its own default. */
    public Optional<Duration> timeout() {
        return ingress().map(IngressSpec::timeout).map(Durations::parse);
    }

    private Optional<IngressSpec> ingress() {
        return Optional.ofNullable(spec.ingress());
    }

    /** Where the site answers. */
    public String url() {
        return (tls() ? "https://" : "http://") + spec.host();
    }

    /** The same plan with one more problem. */
    public EnvironmentPlan with(Blocker problem) {
        var all = new ArrayList<>(problems);
        all.add(problem);
        return with(databaseAddresses, List.copyOf(all));
    }

    /** The same plan, with the addresses to which a login has succeeded. */
    public EnvironmentPlan withDatabaseAddresses(List<String> addresses) {
        return with(addresses, problems);
    }

    private EnvironmentPlan with(List<String> addresses, List<Blocker> all) {
        return new EnvironmentPlan(
                namespace, name, spec, capabilities, ingressPods, taken, database, addresses, consumedData, all);
    }

    /** Whether it is known where the pods' connections lead to. */
    public boolean destinationsKnown() {
        return spec.database() == null || !databaseAddresses.isEmpty();
    }

    /** What keeps a step from going on, if anything does; else what keeps a part of it. */
    public Optional<Blocker> problem(Component step) {
        return problems.stream().filter(problem -> problem.step() == step).min(Comparator.comparing(Blocker::partial));
    }

    /**
     * Whether a step must leave everything as it is. A workload waits for its database, unless it is to be scaled to
     * zero.
     */
    public boolean blocked(Component step) {
        if (step == Component.WORKLOAD && suspended()) {
            return false;
        }
        return has(step) || (step == Component.WORKLOAD && has(Component.DATABASE));
    }

    private boolean has(Component step) {
        return problem(step).filter(problem -> !problem.partial()).isPresent();
    }
}
