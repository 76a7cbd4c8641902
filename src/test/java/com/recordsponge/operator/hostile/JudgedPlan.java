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
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What must hold of every plan and of everything that is built from it. */
record JudgedPlan(PlanInput input) {

    /** The limit of a condition's message in Kubernetes' own types. */
    private static final int LONGEST_MESSAGE = 32_768;

    private static final OwnedObjects NO_OBJECTS = new OwnedObjects() {
        @Override
        public <R extends HasMetadata> Stream<R> all(Class<R> type) {
            return Stream.empty();
        }
    };

    /** The objects of the steps that go on. */
    List<HasMetadata> objects() {
        var plan = EnvironmentFixture.plan(input, "10.42.0.1", "2001:db8::1");
        assertReported(plan);
        var all = Manifests.byComponent(plan);
        all.values().stream().flatMap(Collection::stream).forEach(object -> assertHarmless(object, plan));
        var variables = DatabaseObjects.variables(plan);
        if (!variables.isEmpty()) {
            assertConnects(variables);
        }
        return all.entrySet().stream()
                .filter(step -> !plan.blocked(step.getKey()))
                .flatMap(step -> step.getValue().stream())
                .toList();
    }

    private void assertReported(EnvironmentPlan plan) {
        assertThat(plan.blockers()).allSatisfy(problem -> assertThat(problem.message())
                .isNotBlank()
                .hasSizeLessThan(LONGEST_MESSAGE)
                .doesNotContain(HostileCluster.MARKER));
        assertThat(plan.toString()).doesNotContain(HostileCluster.MARKER);
        var nothingYet = new ReconciliationState(input.environment(), plan, NO_OBJECTS, Instant.EPOCH);
        plan.features().forEach(feature -> {
            feature.finding(nothingYet);
            feature.status(nothingYet, new EnvironmentStatus.Builder());
            feature.recheck(nothingYet);
        });
    }

    private void assertHarmless(HasMetadata object, EnvironmentPlan plan) {
        assertThat(object.getMetadata().getName())
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                .hasSizeLessThan(64);
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
                    .as("names in the spec")
                    .contains(rule.getHost()));
            if (!plan.blocked(Component.ROUTE)) {
                assertThat(ingress.getSpec().getRules()).isNotEmpty().noneMatch(rule -> input.taken()
                        .containsKey(rule.getHost()));
            }
        }
    }

    /** Reads the URL as an application would. */
    private static void assertConnects(Map<String, String> variables) {
        assertThat(variables.values()).noneMatch(value -> value.chars().anyMatch(Character::isISOControl));
        var url = URI.create(variables.get("DATABASE_URL"));
        assertThat(url.getUserInfo()).isEqualTo(variables.get("PGUSER") + ":" + variables.get("PGPASSWORD"));
        assertThat(url.getHost().replaceAll("[\\[\\]]", "")).isEqualTo(variables.get("PGHOST"));
        assertThat(url.getPath()).isEqualTo("/" + variables.get("PGDATABASE"));
    }
}
