package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.SecretKeyRef;
import com.recordsponge.operator.plan.Check;
import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodParts;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.runtime.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connection to an external PostgreSQL database. */
@Singleton
public class DatabaseFeature implements Feature<DatabasePlan> {

    private final Logins logins;
    private final Settings settings;

    public DatabaseFeature(Logins logins, Settings settings) {
        this.logins = logins;
        this.settings = settings;
    }

    @Override
    public Component component() {
        return Component.DATABASE;
    }

    @Override
    public Set<Reference> references(RecordSpongeEnvironment environment) {
        return environment
                .getSpec()
                .connectedDatabase(
                        environment.getMetadata().getNamespace(),
                        environment.getMetadata().getName())
                .stream()
                .flatMap(database -> Stream.concat(
                        Stream.of(database.credentialsSecretRef().name()),
                        Stream.ofNullable(database.caSecretRef()).map(SecretKeyRef::name)))
                .map(secret -> Reference.secret(environment, secret))
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<DatabasePlan> plan(PlanInput input) {
        return DatabasePlan.of(input).map(plan -> withLogins(plan, input.environment()));
    }

    private DatabasePlan withLogins(DatabasePlan plan, RecordSpongeEnvironment environment) {
        var login = plan.connection().flatMap(connection -> logins.result(environment, connection, plan.inUse()));
        var former = plan.withLogins(login, Optional.empty()).former().filter(DatabaseConnection::isNamed);
        return plan.withLogins(login, logins.former(environment, former));
    }

    @Override
    public List<Check<DatabasePlan>> checks() {
        return List.of(DatabasePlan::incompleteSecrets, (plan, _) -> DatabaseFinding.failedLogin(plan).stream());
    }

    @Override
    public void pods(DatabasePlan plan, PodParts parts) {
        DatabaseDestinations.of(plan).forEach(parts.destinations()::add);
        ConnectionPods.add(plan, parts);
    }

    @Override
    public Finding finding(DatabasePlan plan, ReconciliationState state) {
        var finding = DatabaseFinding.of(plan, state);
        var restricted = settings.networkPolicy().enabled()
                && state.environment().getSpec().database() != null;
        return restricted ? ServiceHost.advise(finding, plan) : finding;
    }

    @Override
    public void status(DatabasePlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        plan.connection()
                .ifPresent(connection -> status.database(new EnvironmentStatus.Database(
                        connection.endpoint(), DatabaseFinding.serverVersion(plan, state))));
    }

    @Override
    public Optional<Duration> recheck(DatabasePlan plan, ReconciliationState state) {
        var created = plan.isUnused()
                && plan.connection()
                        .filter(found -> ConnectionObjects.exist(found, state.environment(), state.owned()))
                        .isPresent();
        return created ? Optional.of(Duration.ofMillis(1)) : logins.recheckAfter(state.environment());
    }
}
