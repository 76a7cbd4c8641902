package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.EnvironmentRef;
import com.recordsponge.operator.api.v1.PromotionSource;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.ReleaseSpec;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import com.recordsponge.operator.plan.Durations;
import com.recordsponge.operator.plan.PlanInput;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds what an environment can take over. */
final class PromotionLookup {

    private static final Duration SOAK = Duration.ofHours(24);

    private PromotionLookup() {}

    static Promotion find(
            PlanInput input, PromotionSource from, Optional<CurrentImage> current, Environments environments) {
        var namespace = Objects.requireNonNullElse(from.namespace(), input.namespace());
        var self = new EnvironmentRef(input.namespace(), input.name());
        if (self.equals(new EnvironmentRef(namespace, from.name()))) {
            return Promotion.flawed("spec.release.promoteFrom names this environment; name another one.");
        }
        return environments
                .find(namespace, from.name())
                .filter(source -> namespace.equals(input.namespace()) || permits(source, self))
                .map(source -> Promotion.of(
                        new Offer(
                                source,
                                from.soak() == null ? SOAK : Durations.parse(from.soak()),
                                RequestAnnotation.APPROVE.of(input.environment()),
                                ServedImages.of(input.environment()),
                                input.now()),
                        current.flatMap(CurrentImage::runningDigest)))
                .orElseGet(() -> Promotion.flawed(missing(namespace, from.name(), self)));
    }

    private static boolean permits(RecordSpongeEnvironment source, EnvironmentRef target) {
        return ImagePlan.release(source).map(ReleaseSpec::allowPromotionTo).stream()
                .flatMap(List::stream)
                .anyMatch(target::equals);
    }

    /** Says the same whether or not an environment of another namespace exists. */
    private static String missing(String namespace, String name, EnvironmentRef self) {
        return namespace.equals(self.namespace())
                ? "Environment %s of spec.release.promoteFrom does not exist.".formatted(name)
                : "Environment %s/%s of spec.release.promoteFrom offers nothing: it does not exist, this operator does not watch its namespace, or its spec.release.allowPromotionTo lacks {namespace: %s, name: %s}."
                        .formatted(namespace, name, self.namespace(), self.name());
    }
}
