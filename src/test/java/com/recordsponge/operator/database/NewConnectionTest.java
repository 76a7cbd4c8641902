package com.recordsponge.operator.database;

import static com.recordsponge.operator.api.v1.Component.DATABASE;
import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Running pods get another connection only once all of its objects exist: the API server can refuse one. */
class NewConnectionTest {

    private static final String NEW_VALUES = "com.recordsponge.operator.database.DatabaseFindingTest#newValues";

    /** A site that runs, and then gets a connection whose login succeeds. */
    private static EnvironmentFixture changed(UnaryOperator<EnvironmentFixture> change) {
        var site = environment().withDatabase();
        var before = site.plan();
        return change.apply(site.owns(DatabaseObjects.of(before)).owns(WorkloadObjects.of(before)));
    }

    private static EnvironmentFixture withOtherHost(EnvironmentFixture site) {
        return site.with("database.host", "10.42.0.2");
    }

    private static Set<String> secrets(EnvironmentFixture site) {
        var deployment = WorkloadObjects.deployment(site.plan());
        return SecretsInUse.names(deployment.getSpec().getTemplate().getSpec()).collect(Collectors.toSet());
    }

    private static List<String> names(List<HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).toList();
    }

    /** When to plan again after the objects have been applied. */
    private static Optional<Duration> recheck(EnvironmentFixture before, EnvironmentFixture after) {
        var plan = before.plan();
        var objects = after.owned().all(HasMetadata.class).toArray(HasMetadata[]::new);
        return plan.features().stream()
                .filter(feature -> feature.component() == DATABASE)
                .findFirst()
                .orElseThrow()
                .recheck(before.state(plan, Instant.EPOCH, objects));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(NEW_VALUES)
    void itsObjectsAreCreatedBesideThoseOfThePods(String what, UnaryOperator<EnvironmentFixture> change) {
        var before = environment().withDatabase();
        var site = changed(change);
        assertThat(names(DatabaseObjects.of(site.plan())))
                .containsAll(names(DatabaseObjects.of(before.plan())))
                .hasSizeGreaterThan(3);
        assertThat(secrets(site)).isEqualTo(secrets(before));
        assertThat(site.plan().pods().destinations())
                .containsAll(before.plan().pods().destinations());
    }

    @Test
    void podsWaitForTheLastOfItsObjects() {
        var before = secrets(environment().withDatabase());
        var former = names(DatabaseObjects.of(environment().withDatabase().plan()));
        var all = new ArrayList<>(
                DatabaseObjects.of(changed(NewConnectionTest::withOtherHost).plan()));
        all.removeIf(object -> former.contains(object.getMetadata().getName()));
        assertThat(all).extracting(HasMetadata::getKind).containsExactly("Secret", "Service", "EndpointSlice");
        for (var missing : all) {
            var others = new ArrayList<>(all);
            others.remove(missing);
            assertThat(secrets(changed(NewConnectionTest::withOtherHost).owns(others)))
                    .as("without %s", missing.getKind())
                    .isEqualTo(before);
        }
        assertThat(secrets(changed(NewConnectionTest::withOtherHost).owns(all))).isNotEqualTo(before);
    }

    @Test
    void theSiteIsNotReadyBeforePodsGetIt() {
        var site = changed(NewConnectionTest::withOtherHost);
        assertThat(site.finding(DATABASE).reason()).isEqualTo(Reason.CONNECTING);
        assertThat(site.finding(DATABASE).permitsReady()).isFalse();
    }

    @Test
    void podsGetItAsSoonAsItsObjectsExist() {
        var before = changed(NewConnectionTest::withOtherHost);
        var objects = DatabaseObjects.of(before.plan());
        assertThat(recheck(before, before)).contains(Duration.ofMinutes(5));
        var foreign = changed(NewConnectionTest::withOtherHost).finds(objects);
        assertThat(recheck(before, foreign)).contains(Duration.ofMinutes(5));
        var created = changed(NewConnectionTest::withOtherHost).owns(objects);
        assertThat(recheck(before, created))
                .hasValueSatisfying(soon -> assertThat(soon).isLessThan(Duration.ofSeconds(1)));
    }

    @Test
    void aRefusedObjectHoldsBackOnlyTheConnection() {
        var site = changed(running -> withOtherHost(running).with("replicas", "3"));
        var plan = site.plan()
                .with(List.of(Blocker.partial(DATABASE, Reason.APPLY_FAILED, "The API server refused: no IPv6.")));
        assertThat(plan.blocked(WORKLOAD)).isFalse();
        assertThat(WorkloadObjects.deployment(plan).getSpec().getReplicas()).isEqualTo(3);
        var finding = site.finding(DATABASE, Instant.EPOCH, plan);
        assertThat(finding.reason()).isEqualTo(Reason.APPLY_FAILED);
        assertThat(finding.message()).isEqualTo("The API server refused: no IPv6.");
        assertThat(finding.permitsReady()).isFalse();
    }

    /** Nothing runs that could keep another; their Deployment is applied after the objects. */
    @Test
    void firstPodsGetItAtOnce() {
        var site = environment().withDatabase();
        assertThat(secrets(site))
                .contains(names(DatabaseObjects.of(site.plan())).getFirst());
    }
}
