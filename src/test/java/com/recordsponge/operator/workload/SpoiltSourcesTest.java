package com.recordsponge.operator.workload;

import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A source that is deleted or spoilt while pods have a copy of its content is a warning; before, it blocks. */
class SpoiltSourcesTest {

    private static EnvironmentFixture app() {
        return environment()
                .with("sessionKeySecretRef", "{name: app, key: KEY}")
                .with("envFrom", "[{secretRef: {name: extra}, prefix: X_}, {configMapRef: {name: flags}}]")
                .secret("app", Map.of("KEY", "one", "OTHER", "two"))
                .secret("extra", Map.of("A", "1"))
                .configMap("flags", Map.of("FLAG", "on"));
    }

    private static EnvironmentFixture running() {
        return app().owns(WorkloadObjects.of(app().plan()));
    }

    static Stream<Arguments> spoilt() {
        return Stream.of(
                of("Secret extra does not exist", Reason.SECRET_NOT_FOUND, site -> site.withoutSecret("extra")),
                of(
                        "Key A of Secret extra contains a NUL character",
                        Reason.SECRET_INVALID,
                        site -> site.secret("extra", Map.of("A", "\0"))),
                of(
                        "Key A of Secret extra is longer than 130048 bytes",
                        Reason.SECRET_INVALID,
                        site -> site.secret("extra", Map.of("A", "a".repeat(200_000)))),
                of(
                        "Secret extra has 300000 bytes, more than 262144",
                        Reason.SECRET_INVALID,
                        site -> site.secret("extra", large())),
                of(
                        "ConfigMap flags has 300000 bytes, more than 262144",
                        Reason.CONFIG_MAP_INVALID,
                        site -> site.configMap("flags", large())),
                of(
                        "ConfigMap flags does not exist",
                        Reason.CONFIG_MAP_NOT_FOUND,
                        site -> site.withoutConfigMap("flags")),
                of(
                        "Key FLAG of ConfigMap flags contains a NUL character",
                        Reason.CONFIG_MAP_INVALID,
                        site -> site.configMap("flags", Map.of("FLAG", "\0"))),
                of("Secret app does not exist", Reason.SECRET_NOT_FOUND, site -> site.withoutSecret("app")),
                of(
                        "Secret app has no key KEY",
                        Reason.SECRET_INCOMPLETE,
                        site -> site.secret("app", Map.of("OTHER", "two"))));
    }

    private static Map<String, String> large() {
        return Map.of("A", "a".repeat(100_000), "B", "b".repeat(100_000), "C", "c".repeat(100_000));
    }

    private static Arguments of(String flaw, Reason reason, UnaryOperator<EnvironmentFixture> spoil) {
        return Arguments.of(flaw, reason, spoil);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoilt")
    void podsContinueWithTheCopy(String flaw, Reason reason, UnaryOperator<EnvironmentFixture> spoil) {
        var site = spoil.apply(running());
        assertThat(site.plan().blocked(WORKLOAD)).isFalse();
        assertThat(WorkloadObjects.of(site.plan())).isEqualTo(WorkloadObjects.of(app().plan()));
        var finding = site.finding(WORKLOAD, rolledOut(site));
        assertThat(finding.kind()).isEqualTo(Finding.Kind.WARNING);
        assertThat(finding.reason()).isEqualTo(reason);
        assertThat(finding.message())
                .contains("1 of 1 pods available. " + flaw)
                .contains("Pods use the copy of its last usable content, Secret staging-copy-");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoilt")
    void theFirstPodWaitsForAUsableSource(String flaw, Reason reason, UnaryOperator<EnvironmentFixture> spoil) {
        var finding = spoil.apply(app()).finding(WORKLOAD);
        assertThat(finding.kind()).isEqualTo(Finding.Kind.FAILING);
        assertThat(finding.reason()).isEqualTo(reason);
        assertThat(finding.message()).startsWith(flaw).doesNotContain("copy");
    }

    /** The Deployment controller has not created a pod of the newest template yet, or will never. */
    @Test
    void theCopyOfTheTemplateIsPreferred() {
        var newer = app().secret("extra", Map.of("A", "2"));
        var site = running().owns(copies(newer)).withoutSecret("extra");
        assertThat(WorkloadObjects.of(site.plan())).isEqualTo(WorkloadObjects.of(app().plan()));
    }

    @Test
    void podsReadOnlyTheKeyThatTheSpecNames() {
        assertThat(copies(app()))
                .extracting(Secret::getData)
                .contains(Map.of("KEY", Base64.getEncoder().encodeToString("one".getBytes())))
                .noneMatch(data -> data.containsKey("OTHER"));
    }

    @Test
    void copiesNeverChangeAndNameTheirSource() {
        assertThat(copies(app()))
                .allMatch(Secret::getImmutable)
                .extracting(copy -> copy.getMetadata().getAnnotations().get("recordsponge.com/source"))
                .containsExactlyInAnyOrder("Secret/app/KEY", "Secret/extra", "ConfigMap/flags");
    }

    @Test
    void podsKeepTheOrderAndThePrefixesOfTheirSources() {
        var sources = WorkloadObjects.deployment(app().plan())
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnvFrom();
        assertThat(sources)
                .extracting(source -> content(source.getSecretRef().getName()).keySet() + " " + source.getPrefix())
                .containsExactly("[A] X_", "[FLAG] null");
    }

    private static Map<String, String> content(String copy) {
        return copies(app()).stream()
                .filter(secret -> secret.getMetadata().getName().equals(copy))
                .findFirst()
                .orElseThrow()
                .getData();
    }

    private static List<Secret> copies(EnvironmentFixture site) {
        return WorkloadObjects.of(site.plan()).stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .toList();
    }

    private static HasMetadata[] rolledOut(EnvironmentFixture site) {
        return new HasMetadata[] {Rollout.of(site).counts(1, 1, 1).deployment()};
    }
}
