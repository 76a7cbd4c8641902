package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.PlanInput;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What follows when another environment has a name that an environment requests. Without its host an environment gets
 * neither a route nor a certificate, whose challenges would fail until the issuer's limits are reached; what it had before
 * stays. Without an alias it gets all the rest.
 */
public final class HostConflicts {

    private HostConflicts() {}

    /** The blocker of a component that needs the host; partial if only aliases are missing. */
    public static Optional<Blocker> blocker(Component component, PlanInput input) {
        var taken = input.taken();
        var conflicts = HostClaim.of(input.environment()).requested().stream()
                .filter(taken::containsKey)
                .map(host -> "Host %s is already used by environment %s.".formatted(host, taken.get(host)))
                .collect(Collectors.joining(" "));
        if (conflicts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Blocker(
                component,
                Reason.HOST_CONFLICT,
                conflicts + " Remove it from one of them; this environment takes it over when it is released.",
                !taken.containsKey(input.spec().host())));
    }
}
