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

    public static SiteNames of(PlanInput input) {
        return new SiteNames(
                input.spec().host(),
                Objects.requireNonNullElse(input.spec().aliases(), List.<String>of()).stream()
                        .filter(alias -> !input.taken().containsKey(alias)
                                && !input.withheld().containsKey(alias))
                        .toList());
    }

    /** Host and aliases. */
    public List<String> all() {
        return Stream.concat(Stream.of(host), aliases.stream()).toList();
    }
}
