package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.PlanInput;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Blocks what requires a name that another environment owns, or that is withheld. Without its host, an environment has
 * neither a new route nor a new certificate, whose challenges would use up the issuer's rate limits; existing ones
 * remain. Without an alias, only the alias is missing.
 */
public final class HostConflicts {

    private HostConflicts() {}

    /** Blocks a component that cannot do without the host. The message names the missing aliases, too. */
    public static Stream<Blocker> host(Component component, PlanInput input) {
        return blocker(component, input).filter(blocker -> !blocker.partial()).stream();
    }

    /** Blocks a part of a component while the host is available and an alias is not. */
    public static Stream<Blocker> aliases(Component component, PlanInput input) {
        return blocker(component, input).filter(Blocker::partial).stream();
    }

    private static Optional<Blocker> blocker(Component component, PlanInput input) {
        var unavailable = HostClaim.requested(input.environment()).stream()
                .flatMap(host -> Stream.concat(taken(host, input), withheld(host, input)))
                .toList();
        var host = input.spec().host();
        return unavailable.stream()
                .min(Comparator.comparing(name -> !name.host().equals(host)))
                .map(first -> new Blocker(
                        component,
                        first.reason(),
                        unavailable.stream().map(Unavailable::message).collect(Collectors.joining(" ")),
                        !first.host().equals(host)));
    }

    private record Unavailable(String host, Reason reason, String message) {}

    private static Stream<Unavailable> taken(String host, PlanInput input) {
        return Stream.ofNullable(input.taken().get(host))
                .map(owner -> new Unavailable(
                        host,
                        Reason.HOST_CONFLICT,
                        "Host %s is already used by environment %s. Remove it from one of them; this environment takes it over when it is released%s."
                                .formatted(
                                        host,
                                        owner,
                                        owner.startsWith(input.namespace() + "/") ? "" : ", after a grace period")));
    }

    private static Stream<Unavailable> withheld(String host, PlanInput input) {
        return Stream.ofNullable(input.withheld().get(host))
                .map(withheld -> new Unavailable(host, withheld.reason(), withheld.message()));
    }
}
