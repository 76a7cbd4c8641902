package com.recordsponge.operator.dev;

import com.recordsponge.operator.database.ConnectionInUse;
import com.recordsponge.operator.plan.OwnedObjects;
import java.time.Duration;

/** What uses the parts: each remains until the site and the application's pods work without it. */
final class PartUse {

    /** The ingress controller learns later than the operator which pods serve the site. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private PartUse() {}

    /** Whether an object of a part, by its name, is in use. */
    static boolean isInUse(String name, String environment, OwnedObjects owned) {
        if (name.equals(PostgresPods.name(environment))) {
            return serverIsInUse(environment, owned);
        }
        return Entrance.isFrontend(environment, owned)
                || (name.equals(PartServices.backend(environment)) && serverIsInUse(environment, owned));
    }

    /** Whether pods connect, or can still connect, to the environment's own PostgreSQL server. */
    static boolean serverIsInUse(String environment, OwnedObjects owned) {
        return ConnectionInUse.usesService(PostgresPods.name(environment), environment, owned);
    }
}
