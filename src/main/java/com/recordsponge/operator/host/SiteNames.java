package com.recordsponge.operator.host;

import com.recordsponge.operator.plan.PlanInput;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The DNS names of a site.
 *
 * @param aliases further names that redirect to the host, without those that the environment does not get
 */
public record SiteNames(String host, List<String> aliases) {

    /** Whether the environment gets a name: no other one owns it, and it is not withheld. */
    public static boolean isAvailable(String name, PlanInput input) {
        return !input.taken().containsKey(name) && !input.withheld().containsKey(name);
    }

    public static SiteNames of(PlanInput input) {
        return new SiteNames(
                input.spec().host(),
                Objects.requireNonNullElse(input.spec().aliases(), List.<String>of()).stream()
                        .filter(alias -> isAvailable(alias, input))
                        .toList());
    }

    /** Host and aliases. */
    public List<String> all() {
        return Stream.concat(Stream.of(host), aliases.stream()).toList();
    }
}
