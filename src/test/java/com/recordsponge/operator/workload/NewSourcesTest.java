package com.recordsponge.operator.workload;

import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.database.DatabaseObjects;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A reference to what was never usable holds back only itself while pods run. */
class NewSourcesTest {

    private static final Map<String, String> LARGE = Map.of("A", "x".repeat(75_000), "B", "x".repeat(75_000));

    private static EnvironmentFixture app() {
        return environment()
                .withDatabase()
                .with("sessionKeySecretRef", "{name: app, key: KEY}")
                .with("envFrom", "[{secretRef: {name: extra}, prefix: X_}, {configMapRef: {name: flags}}]")
                .secret("app", Map.of("KEY", "one"))
                .secret("extra", Map.of("A", "1"))
                .configMap("flags", Map.of("FLAG", "on"));
    }

    private static EnvironmentFixture running() {
        return with(objects(_ -> true));
    }

    private static EnvironmentFixture with(List<HasMetadata> objects) {
        return app().owns(objects);
    }

    private static List<HasMetadata> objects(Predicate<HasMetadata> which) {
        var plan = app().plan();
        return Stream.concat(DatabaseObjects.of(plan).stream(), WorkloadObjects.of(plan).stream())
                .filter(which)
                .toList();
    }

    static Stream<Arguments> typos() {
        return Stream.of(
                of(
                        "Secret exrta does not exist",
                        site -> site.with("envFrom", "[{secretRef: {name: exrta}}, {configMapRef: {name: flags}}]")),
                of(
                        "ConfigMap falgs does not exist",
                        site -> site.with("envFrom", "[{secretRef: {name: extra}}, {configMapRef: {name: falgs}}]")),
                of(
                        "With ConfigMap more, the sources of spec.envFrom have 300001 bytes, more than 262144",
                        site -> site.with(
                                        "envFrom",
                                        "[{secretRef: {name: extra}}, {configMapRef: {name: large}}, {configMapRef: {name: more}}]")
                                .configMap("large", LARGE)
                                .configMap("more", LARGE)),
                of("Secret ap does not exist", site -> site.with("sessionKeySecretRef", "{name: ap, key: KEY}")),
                of("Secret app has no key KYE", site -> site.with("sessionKeySecretRef", "{name: app, key: KYE}")));
    }

    private static Arguments of(String flaw, UnaryOperator<EnvironmentFixture> typo) {
        return Arguments.of(flaw, typo);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typos")
    void podsKeepTheVariablesThatTheyHave(String flaw, UnaryOperator<EnvironmentFixture> typo) {
        var site = typo.apply(running());
        assertThat(WorkloadObjects.of(site.plan())).isEqualTo(WorkloadObjects.of(app().plan()));
        var finding = site.finding(WORKLOAD, Rollout.of(site).counts(1, 1, 1).deployment());
        assertThat(finding.kind()).isEqualTo(Finding.Kind.FAILING);
        assertThat(finding.message()).startsWith(flaw).endsWith("Until then, pods keep the variables that they have.");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typos")
    void nothingElseWaits(String flaw, UnaryOperator<EnvironmentFixture> typo) {
        var site = typo.apply(running())
                .with("replicas", "3")
                .with("env", "[{name: LOG_LEVEL, value: debug}]")
                .secret("credentials", Map.of("username", "app", "password", "rotated"));
        site.owns(DatabaseObjects.of(site.plan()));
        assertThat(site.plan().blocked(WORKLOAD)).isFalse();
        assertThat(WorkloadObjects.deployment(site.plan()).getSpec().getReplicas())
                .isEqualTo(3);
        assertThat(container(site).getEnv()).extracting(EnvVar::getName).contains("LOG_LEVEL", "SECRET_KEY");
        assertThat(container(site).getEnvFrom())
                .startsWith(
                        container(app()).getEnvFrom().get(0),
                        container(app()).getEnvFrom().get(1))
                .doesNotContain(container(app()).getEnvFrom().get(2));
    }

    private static Container container(EnvironmentFixture site) {
        return WorkloadObjects.deployment(site.plan())
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    @Test
    void aSiteWithoutSourcesGoesOnWithoutThem() {
        var site = environment()
                .owns(WorkloadObjects.of(environment().plan()))
                .with("envFrom", "[{secretRef: {name: exrta}}]");
        assertThat(site.plan().blocked(WORKLOAD)).isFalse();
        assertThat(container(site).getEnvFrom()).isEmpty();
    }

    /** The rollback of an image that fails meanwhile needs its reason. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("typos")
    void aRolloutIsReportedFirst(String flaw, UnaryOperator<EnvironmentFixture> typo) {
        var site = typo.apply(running());
        var finding = site.finding(WORKLOAD, Rollout.of(site).counts(2, 1, 1).deployment());
        assertThat(finding.reason()).isEqualTo(Reason.ROLLING_OUT);
        assertThat(finding.message()).contains(flaw);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typos")
    void suspendingKeepsThem(String flaw, UnaryOperator<EnvironmentFixture> typo) {
        var site = typo.apply(running()).with("suspend", "true");
        assertThat(container(site)).isEqualTo(container(app()));
        var suspended = typo.apply(app().owns(WorkloadObjects.of(site.plan()))).with("suspend", "true");
        assertThat(container(suspended).getEnv()).isEqualTo(container(app()).getEnv());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typos")
    void theFirstPodsWait(String flaw, UnaryOperator<EnvironmentFixture> typo) {
        assertThat(typo.apply(app()).plan().blocked(WORKLOAD)).isTrue();
        var stopped = WorkloadObjects.of(app().with("suspend", "true").plan());
        assertThat(typo.apply(app().owns(stopped)).plan().blocked(WORKLOAD)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typos")
    void copiesThatAreGoneAreNoSubstitute(String flaw, UnaryOperator<EnvironmentFixture> typo) {
        var site = typo.apply(with(objects(object ->
                !(object instanceof Secret) || !object.getMetadata().getName().contains("-copy-"))));
        assertThat(site.plan().blocked(WORKLOAD)).isTrue();
    }
}
