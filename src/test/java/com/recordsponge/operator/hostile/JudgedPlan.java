package com.recordsponge.operator.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.ProvidedCertificate;
import com.recordsponge.operator.golden.Manifests;
import com.recordsponge.operator.host.HostClaim;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.Planner;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.route.RouteFinding;
import com.recordsponge.operator.workload.WorkloadFinding;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What must hold of every plan and of everything that is built from it. */
record JudgedPlan(RecordSpongeEnvironment environment, PlanInput observation) {

    /** The limit of a condition's message in Kubernetes' own types. */
    private static final int LONGEST_MESSAGE = 32_768;

    /** The objects of the steps that go on. */
    List<HasMetadata> objects() {
        var plan = Planner.plan(environment, observation).withDatabaseAddresses(List.of("10.42.0.1", "2001:db8::1"));
        assertReported(plan);
        var all = Manifests.bySteps(plan);
        all.values().stream().flatMap(Collection::stream).forEach(object -> assertHarmless(object, plan));
        if (plan.database() != null) {
            assertConnects(plan);
        }
        return all.entrySet().stream()
                .filter(step -> !plan.blocked(step.getKey()))
                .flatMap(step -> step.getValue().stream())
                .toList();
    }

    private void assertReported(EnvironmentPlan plan) {
        assertThat(plan.problems()).allSatisfy(problem -> assertThat(problem.message())
                .isNotBlank()
                .hasSizeLessThan(LONGEST_MESSAGE)
                .doesNotContain(HostileCluster.MARKER));
        assertThat(plan.toString()).doesNotContain(HostileCluster.MARKER);
        RouteFinding.of(plan, List.of());
        WorkloadFinding.of(plan, Optional.empty(), List.of());
        if (plan.tls() && !plan.issuesCertificate()) {
            var data = observation.of(new Reference(Reference.Kind.SECRET, plan.namespace(), plan.tlsSecret()));
            ProvidedCertificate.judge(plan, data, Instant.EPOCH);
            ProvidedCertificate.status(data);
        }
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
            assertThat(ingress.getSpec().getRules())
                    .allSatisfy(rule -> assertThat(HostClaim.of(environment).asked())
                            .as("names that the owner asks for")
                            .contains(rule.getHost()));
            if (!plan.blocked(Component.ROUTE)) {
                assertThat(RouteFinding.served(plan, List.of(ingress))).isNotEmpty();
                assertThat(ingress.getSpec().getRules())
                        .noneMatch(rule -> observation.taken().containsKey(rule.getHost()));
            }
        }
    }

    /** Reads the URL as an application would. */
    private static void assertConnects(EnvironmentPlan plan) {
        var variables = plan.database().variables();
        assertThat(variables.values()).noneMatch(value -> value.chars().anyMatch(Character::isISOControl));
        var url = URI.create(variables.get("DATABASE_URL"));
        assertThat(url.getUserInfo()).isEqualTo(variables.get("PGUSER") + ":" + variables.get("PGPASSWORD"));
        assertThat(url.getHost().replaceAll("[\\[\\]]", "")).isEqualTo(variables.get("PGHOST"));
        assertThat(url.getPath()).isEqualTo("/" + variables.get("PGDATABASE"));
    }
}
