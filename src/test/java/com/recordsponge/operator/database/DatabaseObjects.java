package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of the database feature, for tests outside the package. */
public final class DatabaseObjects {

    private DatabaseObjects() {}

    public static List<HasMetadata> of(EnvironmentPlan plan) {
        return Stream.of(
                        ConnectionSecrets.secrets(plan),
                        DatabaseEndpoints.services(plan),
                        DatabaseEndpoints.slices(plan))
                .<HasMetadata>flatMap(List::stream)
                .toList();
    }

    /** The environment variables that pods connect with; empty without a connection. */
    public static Map<String, String> variables(EnvironmentPlan plan) {
        return connection(plan).map(DatabaseConnection::variables).orElse(Map.of());
    }

    static Optional<DatabaseConnection> connection(EnvironmentPlan plan) {
        return plan.find(DatabasePlan.class).flatMap(DatabasePlan::connection);
    }
}
