package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** All objects of a connection to a database, as they are built. */
public final class DatabaseObjects {

    private DatabaseObjects() {}

    public static List<HasMetadata> of(EnvironmentPlan plan) {
        var database = plan.database();
        if (database == null) {
            return List.of();
        }
        var secret = ConnectionSecrets.secret(plan, database);
        return database.throughService()
                ? List.of(secret, DatabaseEndpoints.service(plan, database), DatabaseEndpoints.slice(plan, database))
                : List.of(secret);
    }
}
