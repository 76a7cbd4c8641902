package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.TlsSpec;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.PlanInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What follows when a name that an environment asks for is another's. */
public final class HostConflicts {

    private static final String REASON = "HostConflict";

    private HostConflicts() {}

    /**
     * Without its host an environment gets neither a route nor a certificate, whose challenges would fail until the
     * issuer's limits are reached; those of a host that it had before stay. Without an alias it gets all the rest.
     */
    public static List<Blocker> problems(RecordSpongeEnvironment environment, PlanInput observation) {
        var taken = observation.taken();
        var asked = HostClaim.of(environment).asked();
        var message = asked.stream()
                .filter(taken::containsKey)
                .map(host -> "%s belongs to environment %s".formatted(host, taken.get(host)))
                .collect(Collectors.joining(", "));
        if (message.isEmpty()) {
            return List.of();
        }
        message += "; give it up in one of the two. Once it is free, this environment takes it over by itself.";
        var spec = environment.getSpec();
        if (!taken.containsKey(spec.host())) {
            return List.of(Blocker.partial(Component.ROUTE, REASON, message));
        }
        var problems = new ArrayList<Blocker>();
        problems.add(new Blocker(Component.ROUTE, REASON, message));
        if (Optional.ofNullable(spec.tls()).map(TlsSpec::issuerRef).isPresent()) {
            problems.add(new Blocker(Component.CERTIFICATE, REASON, message));
        }
        return problems;
    }
}
