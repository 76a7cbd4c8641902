package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds the copies of the users' Secrets. */
final class UserSecrets {

    private UserSecrets() {}

    static List<Secret> secrets(EnvironmentPlan plan) {
        return plan.get(RoutePlan.class).options().basicAuth().stream()
                .flatMap(users -> copy(users, plan))
                .distinct()
                .toList();
    }

    /** Its only key is the one that Traefik accepts. */
    private static Stream<Secret> copy(Users users, EnvironmentPlan plan) {
        return users.lines().stream().map(lines -> new SecretBuilder()
                .withMetadata(plan.metadata(users.copy().orElseThrow()))
                .withImmutable(true)
                .withType("Opaque")
                .withData(Map.of(Htpasswd.KEY, lines.encoded()))
                .build());
    }
}
