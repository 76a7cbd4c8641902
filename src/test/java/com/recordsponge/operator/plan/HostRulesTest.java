package com.recordsponge.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRulesTest {

    private static final HostRules RULES =
            HostRules.parse("prod,ops=example.org,*.example.org;staging=dev.example.org");

    @ParameterizedTest
    @CsvSource({
        "prod, example.org, true",
        "ops, www.example.org, true",
        "prod, a.b.example.org, true",
        "staging, dev.example.org, true",
        "prod, dev.example.org, true",
        "staging, example.org, false",
        "other, www.example.org, false",
        "other, example.com, true",
        "other, badexample.org, true"
    })
    void aListedNameIsOnlyForTheNamespacesOfItsRules(String namespace, String host, boolean allowed) {
        assertThat(RULES.allow(namespace, host)).isEqualTo(allowed);
    }

    @Test
    void anAsteriskListsEveryName() {
        var rules = HostRules.parse("prod=*;staging=*.staging.test");
        assertThat(rules.allow("dev", "any.test")).isFalse();
        assertThat(rules.allow("prod", "any.test")).isTrue();
        assertThat(rules.allow("staging", "a.staging.test")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "prod", "prod=", "=example.org", "prod=a=b", "prod=Example.org", "prod=*a.org", "a b=c"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostRules.parse(text));
    }
}
