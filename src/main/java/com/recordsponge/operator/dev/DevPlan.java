package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.DevSpec;
import com.recordsponge.operator.api.v1.EnvVar;
import com.recordsponge.operator.api.v1.Part;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import com.recordsponge.operator.api.v1.StoragePolicy;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The plan of a developer's environment.
 *
 * @param image the application's
 * @param claim the claim with the source tree
 * @param source what is known of that claim
 * @param command what runs the back end; empty for Flask's development server
 * @param connected whether pods connect to the environment's own PostgreSQL server, also one that is no longer requested
 * @param owner the environment, if claims are deleted with it
 * @param reports what the supervisors in the pods say, by part or watcher
 */
record DevPlan(
        String image,
        String claim,
        SourceLookup.State source,
        List<String> command,
        Optional<Frontend> frontend,
        Optional<Postgres> postgres,
        List<Watcher> watchers,
        boolean connected,
        Optional<OwnerReference> owner,
        Optional<PartPolicies.Callers> callers,
        Map<String, PartReport> reports) {

    /**
     * The front end's development server.
     *
     * @param serves whether the site's requests go to it: not before it has answered once
     */
    record Frontend(String image, List<EnvVar> env, Optional<PodData> ca, boolean serves) {}

    /**
     * The environment's own PostgreSQL server.
     *
     * @param initdb folder of the tree with the scripts
     * @param request changes when somebody wants the scripts to run again
     * @param credentials digest of the Secret; empty until it exists
     */
    record Postgres(String image, String storage, String initdb, String request, Optional<String> credentials) {}

    /**
     * A command that runs again after each change.
     *
     * @param port at which its supervisor reports
     */
    record Watcher(String name, Part part, List<String> command, int port) {}

    static Optional<DevPlan> of(
            PlanInput input, SourceLookup sources, Optional<PartPolicies.Callers> callers, Reports reports) {
        return Optional.ofNullable(input.spec().dev())
                .filter(spec -> spec.source() != null)
                .map(spec -> new DevPlan(
                        input.spec().image(),
                        spec.source().claimName(),
                        sources.state(input.namespace(), spec.source().claimName()),
                        spec.backend() == null
                                ? List.of()
                                : orEmpty(spec.backend().command()),
                        Optional.ofNullable(spec.frontend()).map(frontend -> frontend(input, frontend)),
                        Optional.ofNullable(spec.postgres()).map(postgres -> postgres(input, postgres)),
                        watchers(orEmpty(spec.watchers())),
                        PartUse.serverIsInUse(input.name(), input.owned()),
                        spec.storagePolicy() == StoragePolicy.DELETE ? Optional.of(owner(input)) : Optional.empty(),
                        callers,
                        Map.of()))
                .map(plan -> plan.with(
                        reports.latest(input.environment(), ReportAddresses.of(plan, input.name(), input.owned()))));
    }

    private static Frontend frontend(PlanInput input, DevSpec.Frontend spec) {
        return new Frontend(
                Objects.requireNonNullElse(spec.image(), "node:18"),
                orEmpty(spec.env()),
                Optional.ofNullable(spec.caConfigMapRef())
                        .map(reference -> PodData.key(
                                input,
                                Component.DEVELOPMENT,
                                Reference.configMap(input.environment(), reference.name()),
                                "ca.crt",
                                SecretData::flawOfLength)),
                Entrance.isOpen(input.name(), input.owned()));
    }

    private static Postgres postgres(PlanInput input, DevSpec.Postgres spec) {
        return new Postgres(
                Objects.requireNonNullElse(spec.image(), "postgres:17"),
                Objects.requireNonNullElse(spec.storage(), "1Gi"),
                Objects.requireNonNullElse(spec.initdb(), "config/postgres"),
                RequestAnnotation.INITDB.of(input.environment()).orElse(""),
                input.digest(input.secret(DevSpec.Postgres.objectName(input.name()))));
    }

    private static List<Watcher> watchers(List<DevSpec.Watcher> specs) {
        var watchers = new ArrayList<Watcher>();
        specs.forEach(spec -> watchers.add(new Watcher(
                spec.name(), spec.runs(), orEmpty(spec.command()), Supervisor.REPORT_PORT + 1 + watchers.size())));
        return watchers;
    }

    private static OwnerReference owner(PlanInput input) {
        var environment = input.environment();
        return new OwnerReferenceBuilder()
                .withApiVersion(environment.getApiVersion())
                .withKind(environment.getKind())
                .withName(input.name())
                .withUid(environment.getMetadata().getUid())
                .build();
    }

    /** The watchers of a part. */
    List<Watcher> watchers(Part part) {
        return watchers.stream().filter(watcher -> watcher.part() == part).toList();
    }

    private DevPlan with(Map<String, PartReport> latest) {
        return new DevPlan(
                image, claim, source, command, frontend, postgres, watchers, connected, owner, callers, latest);
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
