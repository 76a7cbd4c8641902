package com.recordsponge.operator.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.CertificateObjects;
import com.recordsponge.operator.certificate.IssuanceLookup;
import com.recordsponge.operator.certificate.IssuerLookup;
import com.recordsponge.operator.database.LoginResult;
import com.recordsponge.operator.dev.SourceLookup;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.NameHolder;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PlannedFeature;
import com.recordsponge.operator.plan.Planner;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.Reference.Kind;
import com.recordsponge.operator.plan.ReferencedData;
import com.recordsponge.operator.plan.WithheldHost;
import com.recordsponge.operator.probe.ProbeResult;
import com.recordsponge.operator.probe.SiteRequest;
import com.recordsponge.operator.registry.DigestAnswer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Builds an environment and the cluster that it is in. Starts with the shortest valid spec, without the schema's
 * defaults, in a cluster with Traefik and cert-manager.
 */
public final class EnvironmentFixture {

    public static final String NAMESPACE = "recordsponge";
    public static final Capabilities K3S = new Capabilities(true, true, "traefik.io/ingress-controller");

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** The time of the last status write: later than all other times, and to be ignored. */
    private static final String LATER = "2099-01-01T00:00:00Z";

    private static final String DATABASE =
            "{host: 10.42.0.1, name: record_expunge, credentialsSecretRef: {name: credentials}}";

    /** The digest of every image, unless a test sets another answer of the registry. */
    public static final String DIGEST = "sha256:" + "1".repeat(64);

    private static final Optional<DigestAnswer> FOUND = Optional.of(DigestAnswer.found(DIGEST));

    private static final Planner ANY_PLANNER = Features.planner(
            new FixedLogins(Optional.empty()),
            new FixedDigests(Optional.empty()),
            (_, _) -> Optional.empty(),
            (_, _) -> IssuerLookup.State.READY,
            _ -> Optional.empty(),
            FixedAnswers.ALL,
            (_, _) -> SourceLookup.State.BOUND,
            Map.of(),
            true);

    private final Map<String, Object> spec = new LinkedHashMap<>();
    private final Map<Reference, Map<String, byte[]>> data = new HashMap<>();
    private final Map<Reference, String> types = new HashMap<>();
    private final Map<String, String> taken = new HashMap<>();
    private final Map<String, WithheldHost> withheld = new HashMap<>();
    private final Map<String, NameHolder> others = new HashMap<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private final Map<String, RecordSpongeEnvironment> sources = new HashMap<>();
    private String name = "staging";
    private long generation = 1;
    private String written = "2026-01-01T00:00:00Z";
    private Instant now = NOW;
    private EnvironmentStatus status;
    private Capabilities capabilities = K3S;
    private boolean networkPolicy = true;
    private final List<HasMetadata> objects = new ArrayList<>();
    private Optional<Secret> certificate = Optional.empty();
    private IssuerLookup.State issuer = IssuerLookup.State.READY;
    private Optional<IssuanceLookup.Problem> issuance = Optional.empty();
    private FixedAnswers answers = FixedAnswers.ALL;
    private SourceLookup.State source = SourceLookup.State.BOUND;
    private final Map<String, String> reports = new TreeMap<>();
    private Optional<LoginResult> login = loginAt("10.42.0.1");
    private Optional<LoginResult> formerLogin = Optional.empty();
    private Optional<DigestAnswer> answer = FOUND;

    private EnvironmentFixture() {
        with("tier", "staging").with("image", "recordsponge/expungeservice:staging");
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

    /** Adds a certificate issued by cert-manager. */
    public EnvironmentFixture withTls() {
        return with("tls", "{issuerRef: {name: letsencrypt}}");
    }

    /** Lets the Secret of the certificate hold one for these names, and plans while it is valid. */
    public EnvironmentFixture certified(String... names) {
        var files = new TreeMap<String, byte[]>();
        TestCertificate.of(names).forEach((file, content) -> files.put(file, content.getBytes(UTF_8)));
        at(Instant.now());
        certificate = Optional.of(CertificateObjects.secret(plan(), files));
        return this;
    }

    /** Adds a database at an IP address, and the Secret with its credentials. */
    public EnvironmentFixture withDatabase() {
        return with("database", DATABASE).secret("credentials", Map.of("username", "app", "password", "pa55word"));
    }

    /** Adds a database whose server certificate is verified, and its Secrets. */
    public EnvironmentFixture withVerifiedDatabase() {
        return withDatabase()
                .with("database.sslMode", "verify-full")
                .with("database.caSecretRef", "{name: db-ca, key: ca.crt}")
                .secret("db-ca", Map.of("ca.crt", "PEM"));
    }

    /** Adds a Secret to the environment's namespace. */
    public EnvironmentFixture secret(String secret, Map<String, String> values) {
        return data(new Reference(Kind.SECRET, NAMESPACE, secret), values);
    }

    /** The same of a type. */
    public EnvironmentFixture secret(String secret, String type, Map<String, String> values) {
        types.put(new Reference(Kind.SECRET, NAMESPACE, secret), type);
        return secret(secret, values);
    }

    /** Adds a ConfigMap to the environment's namespace. */
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

    /** Plans with an operator that creates no NetworkPolicies. */
    public EnvironmentFixture withoutNetworkPolicy() {
        networkPolicy = false;
        return this;
    }

    /** Sets an annotation of the environment. */
    public EnvironmentFixture annotated(String annotation, String value) {
        annotations.put(annotation, value);
        return this;
    }

    /** Removes a ConfigMap of the environment's namespace. */
    public EnvironmentFixture withoutConfigMap(String configMap) {
        data.remove(new Reference(Kind.CONFIG_MAP, NAMESPACE, configMap));
        return this;
    }

    /** Sets the result of the latest login to the database; empty while the first is in progress. */
    public EnvironmentFixture login(Optional<LoginResult> result) {
        login = result;
        return this;
    }

    /** Lets the login over the connection that pods keep succeed at the given addresses. */
    public EnvironmentFixture formerDatabaseAt(String... addresses) {
        formerLogin = loginAt(addresses);
        return this;
    }

    /** Sets what the site answers. */
    public EnvironmentFixture answers(Function<SiteRequest, ProbeResult> result) {
        answers = new FixedAnswers(true, true, (request, _) -> Optional.of(result.apply(request)));
        return this;
    }

    /** The first answer has not come. */
    public EnvironmentFixture unanswered() {
        answers = new FixedAnswers(true, false, (_, _) -> Optional.empty());
        return this;
    }

    /** No site has been asked since the operator started. */
    public EnvironmentFixture answersAsReported() {
        answers = new FixedAnswers(true, true, (_, reported) -> reported);
        return this;
    }

    /** Plans with an operator that asks no site. */
    public EnvironmentFixture withoutQuestions() {
        answers = new FixedAnswers(false, false, (_, _) -> Optional.empty());
        return this;
    }

    /** Lets the login to a server at the given addresses succeed. */
    public EnvironmentFixture databaseAt(String... addresses) {
        return login(loginAt(addresses));
    }

    /** Sets the registry's newest answer; empty while it is asked for the first time. */
    public EnvironmentFixture registry(Optional<DigestAnswer> newest) {
        answer = newest;
        return this;
    }

    /** Adds another environment, from which images can be promoted. */
    public EnvironmentFixture beside(EnvironmentFixture other) {
        sources.put(other.name, other.build());
        return this;
    }

    private static Optional<LoginResult> loginAt(String... addresses) {
        return Optional.of(LoginResult.success("app logs in.", "17.5", List.of(addresses)));
    }

    /** Objects that the operator created for the environment earlier. */
    public EnvironmentFixture owns(List<? extends HasMetadata> existing) {
        existing.forEach(object -> object.addOwnerReference(build()));
        objects.addAll(existing);
        return this;
    }

    /** Objects with the operator's labels that somebody else created. */
    public EnvironmentFixture finds(List<? extends HasMetadata> existing) {
        objects.addAll(existing);
        return this;
    }

    /** The objects that exist. */
    public OwnedObjects owned() {
        return ownedObjects(objects);
    }

    /** Removes the issuer of the certificate. */
    public EnvironmentFixture withoutIssuer() {
        return issuer(IssuerLookup.State.MISSING);
    }

    public EnvironmentFixture issuer(IssuerLookup.State state) {
        issuer = state;
        return this;
    }

    /** What cert-manager's objects say of the certificate's issuance. */
    public EnvironmentFixture issuance(IssuanceLookup.Problem problem) {
        issuance = Optional.of(problem);
        return this;
    }

    /** Makes it a developer's environment with front end, PostgreSQL and two watchers, whose credentials exist. */
    public EnvironmentFixture development() {
        return with("tier", "dev")
                .with(
                        "dev",
                        "{source: {claimName: tree}, frontend: {}, postgres: {}, watchers: [{name: tests, runs: backend, command: [pytest]}, {name: ui, runs: frontend, command: [npm, test]}]}")
                .secret(name + "-postgres", Map.of("username", "postgres", "password", "pa55word"));
    }

    /** The state of the claim with the source tree. */
    public EnvironmentFixture source(SourceLookup.State state) {
        source = state;
        return this;
    }

    /** What a supervisor reports, as JSON. */
    public EnvironmentFixture reports(String part, String json) {
        reports.put(part, json);
        return this;
    }

    /** Gives a host to another environment, named as namespace/name. */
    public EnvironmentFixture taken(String host, String other) {
        taken.put(host, other);
        return this;
    }

    /** Keeps a host from the environment although no other has it. */
    public EnvironmentFixture withheld(String host, Reason reason) {
        withheld.put(host, new WithheldHost(reason, "Host %s is withheld.".formatted(host)));
        return this;
    }

    /** Plans, and reports, at another time. */
    public EnvironmentFixture at(Instant time) {
        now = time;
        return this;
    }

    /** Adds a Secret with binary data to the environment's namespace. */
    public EnvironmentFixture files(String secret, Map<String, byte[]> files) {
        data.put(new Reference(Kind.SECRET, NAMESPACE, secret), files);
        return this;
    }

    /** Another environment, named as namespace/name, uses a host that this one does not request. */
    public EnvironmentFixture elsewhere(String host, String other, HasMetadata... itsObjects) {
        others.put(host, NameHolder.environment(other, ownedObjects(List.of(itsObjects))));
        return this;
    }

    /** A host that this environment does not request is only for other namespaces. */
    public EnvironmentFixture reserved(String host, String namespace) {
        others.put(host, NameHolder.namespaces(Set.of(namespace)));
        return this;
    }

    /** Changes the spec's generation, at the given time. */
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
                "metadata",
                Map.of(
                        "namespace",
                        NAMESPACE,
                        "name",
                        name,
                        "uid",
                        "uid-of-" + name,
                        "generation",
                        generation,
                        "annotations",
                        annotations),
                "spec",
                spec));
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

    public EnvironmentPlan plan() {
        return Features.planner(
                        new FixedLogins(login, formerLogin),
                        new FixedDigests(answer),
                        (_, source) -> Optional.ofNullable(sources.get(source)),
                        (_, _) -> issuer,
                        _ -> issuance,
                        answers,
                        (_, _) -> source,
                        reports,
                        networkPolicy)
                .plan(input(
                        build(),
                        reference -> Optional.ofNullable(data.get(reference))
                                .map(found -> new ReferencedData(found, Optional.ofNullable(types.get(reference)))),
                        capabilities,
                        taken,
                        withheld,
                        others,
                        ownedObjects(Stream.concat(objects.stream(), certificate.stream())
                                .toList()),
                        now));
    }

    /** The input of the plan of an environment that owns no objects yet. */
    public static PlanInput input(
            RecordSpongeEnvironment environment,
            Function<Reference, Optional<ReferencedData>> source,
            Capabilities capabilities,
            Map<String, String> taken) {
        return input(environment, source, capabilities, taken, Map.of(), Map.of(), ownedObjects(List.of()), NOW);
    }

    /** The input of an environment's plan, with the content of its references from a source. */
    private static PlanInput input(
            RecordSpongeEnvironment environment,
            Function<Reference, Optional<ReferencedData>> source,
            Capabilities capabilities,
            Map<String, String> taken,
            Map<String, WithheldHost> withheld,
            Map<String, NameHolder> others,
            OwnedObjects owned,
            Instant now) {
        var found = new HashMap<Reference, ReferencedData>();
        ANY_PLANNER.references(environment).forEach(reference -> source.apply(reference)
                .ifPresent(content -> found.put(reference, content)));
        return new PlanInput(
                environment,
                new FixedReferences(found),
                capabilities,
                taken,
                withheld,
                host -> Optional.ofNullable(others.get(host)),
                owned,
                now);
    }

    /** The plan for an input, with a database at the given addresses. */
    public static EnvironmentPlan plan(PlanInput input, String... addresses) {
        return Features.planner(
                        new FixedLogins(loginAt(addresses)),
                        new FixedDigests(FOUND),
                        (_, _) -> Optional.empty(),
                        (_, _) -> IssuerLookup.State.READY,
                        _ -> Optional.empty(),
                        FixedAnswers.ALL,
                        (_, _) -> SourceLookup.State.BOUND,
                        Map.of(),
                        true)
                .plan(input);
    }

    /** A component's finding for the given objects. */
    public Finding finding(Component component, HasMetadata... owned) {
        return finding(component, now, plan(), owned);
    }

    /** The same for another time and plan. */
    public Finding finding(Component component, Instant now, EnvironmentPlan plan, HasMetadata... owned) {
        return feature(plan, component).finding(state(plan, now, owned));
    }

    /** A component's part of the status. */
    public EnvironmentStatus statusOf(Component component, HasMetadata... owned) {
        var plan = plan();
        var reported = new EnvironmentStatus.Builder();
        feature(plan, component).status(state(plan, Instant.EPOCH, owned), reported);
        return reported.build(generation, List.of());
    }

    private static PlannedFeature<?> feature(EnvironmentPlan plan, Component component) {
        return plan.features().stream()
                .filter(feature -> feature.component() == component)
                .findFirst()
                .orElseThrow();
    }

    public ReconciliationState state(EnvironmentPlan plan, Instant now, HasMetadata... owned) {
        return new ReconciliationState(build(), plan, ownedObjects(List.of(owned)), now);
    }

    private static OwnedObjects ownedObjects(List<HasMetadata> objects) {
        return new OwnedObjects() {
            @Override
            public <R extends HasMetadata> Stream<R> all(Class<R> type) {
                return objects.stream().filter(type::isInstance).map(type::cast);
            }
        };
    }
}
