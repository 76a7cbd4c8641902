package com.recordsponge.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WWW-Authenticate as registries send it. */
class ChallengeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"https://auth.test/token\",service=\"registry.test\"",
                "bearer realm=\"https://auth.test/token\", service=\"registry.test\"",
                "BEARER  Realm = \"https://auth.test/token\" , Service=registry.test",
                "Basic realm=\"x, y\", Bearer realm=\"https://auth.test/token\",service=\"registry.test\"",
                "Bearer realm=\"https://auth.test/token\",service=\"registry.test\", Basic realm=\"b\"",
            })
    void aBearerChallengeHasARealmAndAService(String header) {
        assertThat(Challenge.of(List.of(header)))
                .contains(new Challenge(
                        "bearer", Map.of("realm", "https://auth.test/token", "service", "registry.test")));
    }

    @Test
    void valuesCanContainWhatSeparatesThem() {
        var challenge = Challenge.of(List.of("Bearer realm=\"a\\\"b, c=d\",scope=\"repository:a/b:pull,push\""));
        assertThat(challenge.orElseThrow().parameter("realm")).contains("a\"b, c=d");
        assertThat(challenge.orElseThrow().parameter("scope")).contains("repository:a/b:pull,push");
    }

    @Test
    void basicServesWhereThereIsNoBearer() {
        assertThat(Challenge.of(List.of("Negotiate", "Basic realm=\"Registry Realm\""))
                        .orElseThrow()
                        .isBearer())
                .isFalse();
        assertThat(Challenge.of(List.of())).isEmpty();
        assertThat(Challenge.of(List.of("Negotiate", ",,=", "\""))).isEmpty();
    }
}
