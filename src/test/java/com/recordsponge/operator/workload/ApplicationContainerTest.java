package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value of spec.env reaches the application as it was written. */
class ApplicationContainerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(HOME)",
                "$$(HOME)",
                "$$",
                "$",
                "a$b",
                "pa$$word",
                "$(",
                "$()",
                "${HOME}",
                "cost: 5$",
                "$$$(TIER)$$",
                "",
                " ",
                "true",
                "0",
                "007",
                "1e3",
                "null",
                "'quoted'",
                "line\nbreak"
            })
    void aValueReachesTheApplicationAsItWasWritten(String value) {
        var yaml = "[{name: LOG_LEVEL, value: %s}]".formatted(Serialization.asJson(value));
        assertThat(expand(value(Rollout.of(environment().with("env", yaml))
                        .deployment()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst())))
                .isEqualTo(value);
    }

    @Test
    void aVariableWithoutValueIsEmpty() {
        var container = Rollout.of(environment().with("env", "[{name: LOG_LEVEL}]"))
                .deployment()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        assertThat(value(container)).isNull();
    }

    private static String value(Container container) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals("LOG_LEVEL"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /** As the kubelet does: k8s.io/kubernetes/third_party/forked/golang/expansion, with the variables defined before. */
    private static String expand(String text) {
        var variables = Map.of("HOME", "/tmp", "TIER", "production");
        var expanded = new StringBuilder();
        var index = 0;
        while (index < text.length()) {
            var next = index + 1 < text.length() ? text.charAt(index + 1) : 0;
            var end = text.indexOf(')', index);
            if (text.charAt(index) != '$' || next == 0) {
                expanded.append(text.charAt(index++));
            } else if (next == '$') {
                expanded.append('$');
                index += 2;
            } else if (next == '(' && end > 0) {
                var name = text.substring(index + 2, end);
                expanded.append(variables.getOrDefault(name, "$(" + name + ")"));
                index = end + 1;
            } else {
                expanded.append('$').append(next);
                index += 2;
            }
        }
        return expanded.toString();
    }
}
