package com.recordsponge.operator.plan;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentSpec;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An enum value of a newer operator version blocks its environment and no other. */
class UnknownValuesTest {

    private record EnumField(String path) {}

    /** Every field of the spec whose type is an enum. */
    static Stream<EnumField> enumFields() {
        return enumFields("", EnvironmentSpec.class);
    }

    private static Stream<EnumField> enumFields(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            var path = prefix + component.getName();
            if (component.getType().isEnum()) {
                assertReadable(path, component);
                return Stream.of(new EnumField(path));
            }
            return component.getType().isRecord() ? enumFields(path + ".", component.getType()) : Stream.empty();
        });
    }

    private static void assertReadable(String path, RecordComponent component) {
        assertThat(component.getAccessor().getAnnotation(JsonFormat.class))
                .as("%s needs @JsonFormat(READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)", path)
                .isNotNull();
    }

    private static EnvironmentFixture with(EnumField field) {
        return environment()
                .withDatabase()
                .with("dev.source", "{claimName: tree}")
                .with(field.path(), "of-a-newer-version");
    }

    @ParameterizedTest
    @MethodSource("enumFields")
    void anUnknownValueBlocksEveryComponent(EnumField field) {
        var plan = with(field).plan();
        for (var component : Component.values()) {
            assertThat(plan.blocked(component)).as(component.name()).isTrue();
            assertThat(plan.blocker(component)).hasValueSatisfying(blocker -> {
                assertThat(blocker.reason()).isEqualTo(Reason.UNKNOWN_VALUE);
                assertThat(blocker.message()).contains("spec." + field.path() + ";");
            });
        }
    }

    @ParameterizedTest
    @MethodSource("enumFields")
    void anUnknownValueBlocksSuspending(EnumField field) {
        assertThat(with(field).with("suspend", "true").plan().blocked(Component.WORKLOAD))
                .isTrue();
    }

    @Test
    void everyComponentReportsAnUnknownValue() {
        var environment = environment()
                .withTls()
                .withDatabase()
                .with("sessions", "{storage: 1Gi}")
                .with("dev", "{source: {claimName: tree}}")
                .with("tier", "newer")
                .secret("credentials", Map.of("username", "app", "password", "pa55word"));
        for (var component : Component.values()) {
            assertThat(environment.finding(component).reason())
                    .as(component.name())
                    .isEqualTo(Reason.UNKNOWN_VALUE);
        }
    }
}
