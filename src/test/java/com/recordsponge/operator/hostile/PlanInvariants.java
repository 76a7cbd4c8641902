package com.recordsponge.operator.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.database.DatabaseObjects;
import com.recordsponge.operator.golden.Manifests;
import com.recordsponge.operator.host.HostClaim;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Checks what must hold for every plan and every object built from it. */
record PlanInvariants(PlanInput input) {

    /** The limit for a condition's message in Kubernetes. */
    private static final int MAX_MESSAGE_LENGTH = 32_768;

    /** The longest name of a Service. */
    private static final int DNS_LABEL = 63;

    /** The longest name of other objects. */
    private static final int DNS_NAME = 253;

    private static final OwnedObjects NO_OBJECTS = new OwnedObjects() {
        @Override
        public <R extends HasMetadata> Stream<R> all(Class<R> type) {
            return Stream.empty();
        }
    };

    /** Checks the plan and all objects, and returns the objects of the components that are not blocked. */
    List<HasMetadata> checkedObjects() {
        var plan = EnvironmentFixture.plan(input, "10.42.0.1", "2001:db8::1");
        assertSafelyReported(plan);
        var all = Manifests.byComponent(plan);
        all.values().stream().flatMap(Collection::stream).forEach(object -> assertSafe(object, plan));
        var variables = DatabaseObjects.variables(plan);
        if (!variables.isEmpty()) {
            assertConnects(variables);
        }
        return all.entrySet().stream()
                .filter(component -> !plan.blocked(component.getKey()))
                .flatMap(component -> component.getValue().stream())
                .toList();
    }

    private void assertSafelyReported(EnvironmentPlan plan) {
        assertThat(plan.blockers()).allSatisfy(blocker -> assertThat(blocker.message())
                .isNotBlank()
                .hasSizeLessThan(MAX_MESSAGE_LENGTH)
                .doesNotContain(HostileCluster.MARKER));
        assertThat(plan.toString()).doesNotContain(HostileCluster.MARKER);
        var withoutObjects = new ReconciliationState(input.environment(), plan, NO_OBJECTS, Instant.EPOCH);
        plan.features().forEach(feature -> {
            feature.finding(withoutObjects);
            feature.status(withoutObjects, new EnvironmentStatus.Builder());
            feature.recheck(withoutObjects);
        });
    }

    private void assertSafe(HasMetadata object, EnvironmentPlan plan) {
        assertThat(object.getMetadata().getName())
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                .hasSizeLessThanOrEqualTo(object instanceof Service ? DNS_LABEL : DNS_NAME);
        assertThat(object.getMetadata().getLabels().values()).allMatch(value -> value.matches("[-.a-z0-9]{1,63}"));
        var json = Serialization.asJson(object);
        if (!(object instanceof Secret)) {
            assertThat(json).doesNotContain(HostileCluster.MARKER);
        }
        if (object.getApiVersion().startsWith("traefik.io/") || object instanceof Ingress) {
            assertThat(json).doesNotContain("`", "\\n", "\\r", "\\t", "\\u");
        }
        if (object instanceof Ingress ingress) {
            assertThat(ingress.getSpec().getRules()).allSatisfy(rule -> assertThat(
                            HostClaim.of(input.environment()).requested())
                    .as("hosts in the spec")
                    .contains(rule.getHost()));
            if (!plan.blocked(Component.ROUTE)) {
                assertThat(ingress.getSpec().getRules()).isNotEmpty().noneMatch(rule -> input.taken()
                        .containsKey(rule.getHost()));
            }
        }
    }

    /** Parses the URL as an application would. */
    private static void assertConnects(Map<String, String> variables) {
        assertThat(variables.values()).noneMatch(value -> value.chars().anyMatch(Character::isISOControl));
        var url = URI.create(variables.get("DATABASE_URL"));
        assertThat(url.getUserInfo()).isEqualTo(variables.get("PGUSER") + ":" + variables.get("PGPASSWORD"));
        assertThat(url.getHost().replaceAll("[\\[\\]]", "")).isEqualTo(variables.get("PGHOST"));
        assertThat(url.getPath()).isEqualTo("/" + variables.get("PGDATABASE"));
    }
}
