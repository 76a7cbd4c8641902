package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.PlanInput;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Blocks what requires a name that another environment owns. Without its host, an environment has neither a new route
 * nor a new certificate, whose challenges would use up the issuer's rate limits; existing ones remain. Without an
 * alias, only the alias is missing.
 */
public final class HostConflicts {

    private HostConflicts() {}

    /** The blocker of a component that requires the host; partial if only aliases are missing. */
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
