package com.recordsponge.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several environments request one host. Every takeover follows an event; no test waits for polling. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class HostConflictApiTest extends ApiTest {

    private static final String CONFLICT =
            "Host %s is already used by environment %s. Remove it from one of them; this environment takes it over when it is released.";

    /** With a provided certificate for all hosts. */
    private static String spec(String host, String... aliases) {
        return """
        tier: staging
        image: recordsponge/expungeservice:staging
        host: %s
        aliases: [%s]
        tls: {secretName: provided}
        """.formatted(host, String.join(", ", aliases));
    }

    @Override
    protected RecordSpongeEnvironment apply(String name, String spec) {
        certificate("provided", "*.example.org");
        return super.apply(name, spec);
    }

    private void applyAndRoute(String name, String host, String... aliases) {
        apply(name, spec(host, aliases));
        rollOut(name);
        admit(name);
    }

    private void awaitConflict(String name, String host, String owner) {
        assertThat(awaitCondition(name, "RouteReady", "False", "HostConflict").getMessage())
                .isEqualTo(CONFLICT.formatted(host, owner));
    }

    /** The hosts of all rules, sorted. */
    private List<String> routedHosts(String name) {
        return client()
                .resources(Ingress.class)
                .inNamespace(namespace)
                .withLabel("recordsponge.com/environment", name)
                .list()
                .getItems()
                .stream()
                .flatMap(ingress -> ingress.getSpec().getRules().stream())
                .map(rule -> rule.getHost())
                .distinct()
                .sorted()
                .toList();
    }

    private void awaitHosts(String name, String... hosts) {
        eventually(() -> assertThat(environment(name).getStatus().hosts())
                .as("status.hosts")
                .containsExactly(hosts));
        assertThat(routedHosts(name)).containsExactly(hosts);
    }

    @Test
    void theYoungerEnvironmentReportsTheConflict() {
        applyAndRoute("older", "site.example.org");
        apply("younger", spec("site.example.org"));
        awaitConflict("younger", "site.example.org", namespace + "/older");
        eventually(() -> assertThat(child(Deployment.class, "younger").get())
                .as("the conflict does not block the workload")
                .isNotNull());
        assertThat(routedHosts("younger")).isEmpty();
        awaitHosts("older", "site.example.org");
        awaitCondition("older", "RouteReady", "True", "Routed");
    }

    @Test
    void anEnvironmentTakesOverAHostAfterADeletion() {
        applyAndRoute("older", "site.example.org");
        apply("younger", spec("site.example.org"));
        awaitConflict("younger", "site.example.org", namespace + "/older");

        client().resource(environment("older")).delete();

        admit("younger");
        awaitHosts("younger", "site.example.org");
    }

    @Test
    void anEnvironmentTakesOverAHostAfterAnEdit() {
        applyAndRoute("older", "site.example.org");
        apply("younger", spec("site.example.org"));
        awaitConflict("younger", "site.example.org", namespace + "/older");

        apply("older", spec("moved.example.org"));
        admit("older");

        awaitHosts("younger", "site.example.org");
        awaitHosts("older", "moved.example.org");
    }

    @Test
    void theOldestWaitingEnvironmentTakesOver() {
        applyAndRoute("a", "site.example.org");
        apply("b", spec("site.example.org"));
        awaitConflict("b", "site.example.org", namespace + "/a");
        apply("c", spec("site.example.org"));
        awaitConflict("c", "site.example.org", namespace + "/a");

        client().resource(environment("a")).delete();

        awaitHosts("b", "site.example.org");
        awaitConflict("c", "site.example.org", namespace + "/b");
        assertThat(routedHosts("c")).isEmpty();
    }

    @Test
    void theOperatorAddsAnAliasOnceItIsReleased() {
        applyAndRoute("older", "shared.example.org");
        apply("younger", spec("younger.example.org", "shared.example.org", "www.example.org"));
        awaitConflict("younger", "shared.example.org", namespace + "/older");
        awaitHosts("younger", "www.example.org", "younger.example.org");

        client().resource(environment("older")).delete();

        awaitHosts("younger", "shared.example.org", "www.example.org", "younger.example.org");
        admit("younger");
    }

    @Test
    void anEnvironmentTakesOverAReleasedAlias() {
        applyAndRoute("older", "older.example.org", "shared.example.org");
        apply("younger", spec("shared.example.org"));
        awaitConflict("younger", "shared.example.org", namespace + "/older");

        apply("older", spec("older.example.org"));

        awaitHosts("younger", "shared.example.org");
    }

    @Test
    void aRunningSiteKeepsItsHost() {
        applyAndRoute("older", "older.example.org");
        applyAndRoute("younger", "younger.example.org");
        var before = unique(Ingress.class, "younger", "").get();

        apply("older", spec("younger.example.org"));

        awaitConflict("older", "younger.example.org", namespace + "/younger");
        awaitHosts("older", "older.example.org");
        assertThat(unique(Ingress.class, "younger", "").get()).isEqualTo(before);
        awaitCondition("younger", "RouteReady", "True", "Routed");
    }

    /** Its site still answers at that host. */
    @Test
    void aWaitingEnvironmentKeepsItsFormerHost() {
        applyAndRoute("first", "first.example.org");
        applyAndRoute("second", "second.example.org");
        apply("second", spec("first.example.org"));
        awaitConflict("second", "first.example.org", namespace + "/first");
        apply("third", spec("second.example.org"));
        awaitConflict("third", "second.example.org", namespace + "/second");

        client().resource(environment("first")).delete();
        admit("second");

        awaitHosts("second", "first.example.org");
        awaitHosts("third", "second.example.org");
    }

    @Test
    void exactlyOneOfManyEnvironmentsServesAHost() {
        var names = IntStream.range(0, 12).mapToObj(index -> "site-" + index).toList();
        names.parallelStream().forEach(name -> apply(name, spec("site.example.org")));
        eventually(() -> {
            var owners =
                    names.stream().filter(name -> !routedHosts(name).isEmpty()).toList();
            assertThat(owners).hasSize(1);
            assertThat(names).filteredOn(name -> !owners.contains(name)).allSatisfy(name -> assertThat(
                            condition(name, "RouteReady"))
                    .hasValueSatisfying(condition -> assertThat(condition.getMessage())
                            .isEqualTo(CONFLICT.formatted("site.example.org", namespace + "/" + owners.getFirst()))));
        });
    }

    /** Two Ingresses for one host would share its requests at random. */
    @Test
    void theOperatorDeletesAnIngressOfAForeignHost() {
        applyAndRoute("older", "site.example.org");
        apply("younger", spec("site.example.org"));
        awaitConflict("younger", "site.example.org", namespace + "/older");
        var younger = environment("younger");
        client().resource(unique(Ingress.class, "older", "")
                        .get()
                        .edit()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("younger")
                        .withLabels(Labels.of("younger"))
                        .addNewOwnerReference()
                        .withApiVersion(younger.getApiVersion())
                        .withKind(younger.getKind())
                        .withName("younger")
                        .withUid(younger.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .create();
        eventually(() -> assertThat(child(Ingress.class, "younger").get()).isNull());
        awaitHosts("older", "site.example.org");
    }

    /** Its Ingresses serve until the garbage collector deletes them. */
    @Test
    void aTerminatingEnvironmentKeepsItsHost() {
        applyAndRoute("older", "site.example.org");
        client().resource(environment("older"))
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
        apply("younger", spec("site.example.org"));
        awaitConflict("younger", "site.example.org", namespace + "/older");

        edit(environment("older"), environment -> {
            environment.getMetadata().setFinalizers(List.of());
            return environment;
        });

        awaitHosts("younger", "site.example.org");
    }

    @Test
    void aSuspendedEnvironmentKeepsItsHost() {
        applyAndRoute("older", "site.example.org");
        apply("older", spec("site.example.org") + "suspend: true\n");
        scaleToZero("older");
        awaitCondition("older", "Ready", "False", "Suspended");
        apply("younger", spec("site.example.org"));
        awaitConflict("younger", "site.example.org", namespace + "/older");
    }
}
