package com.recordsponge.operator.environment;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator copies stays in its memory, so a large source is refused: it would end the operator for all. */
class LargeSourcesTest {

    private static final byte[] LARGE = "x".repeat(300_000).getBytes(UTF_8);
    private static final byte[] PART = Arrays.copyOf(LARGE, 75_000);
    private static final Map<String, byte[]> PARTS = Map.of("A", PART, "B", PART);

    static Stream<Arguments> sources() {
        return Stream.of(
                Arguments.of(
                        Component.DATABASE,
                        "Key ca.crt of Secret large is longer than 262144 bytes; correct it.",
                        environment()
                                .withDatabase()
                                .with("database.sslMode", "verify-ca")
                                .with("database.caSecretRef", "{name: large, key: ca.crt}")
                                .files("large", Map.of("ca.crt", LARGE))),
                Arguments.of(
                        Component.WORKLOAD,
                        "Key KEY of Secret large is longer than 130048 bytes; correct it.",
                        environment()
                                .with("sessionKeySecretRef", "{name: large, key: KEY}")
                                .files("large", Map.of("KEY", LARGE))),
                Arguments.of(
                        Component.WORKLOAD,
                        "With Secret more, the sources of spec.envFrom have 300000 bytes, more than 262144; shorten them.",
                        environment()
                                .with("envFrom", "[{secretRef: {name: some}}, {secretRef: {name: more}}]")
                                .files("some", PARTS)
                                .files("more", PARTS)),
                Arguments.of(
                        Component.CERTIFICATE,
                        "Secret large has 600000 bytes, more than 262144;",
                        environment()
                                .with("tls", "{secretName: large}")
                                .files("large", Map.of("tls.crt", LARGE, "tls.key", LARGE))),
                Arguments.of(
                        Component.ROUTE,
                        "Secret large of ingress.basicAuth has 300000 bytes, more than 262144; correct it.",
                        environment()
                                .with("ingress.basicAuth", "[{path: /access, secretRef: {name: large}}]")
                                .files("large", Map.of("users", LARGE))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("sources")
    void aLargeSourceIsRefused(Component component, String message, EnvironmentFixture environment) {
        assertThat(environment.finding(component).message()).contains(message);
    }
}
