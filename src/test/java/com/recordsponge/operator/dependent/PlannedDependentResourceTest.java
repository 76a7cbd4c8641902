package com.recordsponge.operator.dependent;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedDependentResourceTest {

    private final PlannedDependentResource<ConfigMap> resource =
            new PlannedDependentResource<>(ConfigMap.class, Component.WORKLOAD, _ -> List.of()) {};

    @Test
    void anErrorReachesTheSdkAsAnExceptionThatItReports() {
        var error = new StackOverflowError("for the test");
        assertThatThrownBy(() -> resource.reconcile(environment().build(), failing(error)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("StackOverflowError: for the test")
                .hasCause(error);
    }

    @SuppressWarnings("unchecked")
    private static Context<RecordSpongeEnvironment> failing(Error error) {
        return (Context<RecordSpongeEnvironment>) Proxy.newProxyInstance(
                PlannedDependentResourceTest.class.getClassLoader(), new Class<?>[] {Context.class}, (_, _, _) -> {
                    throw error;
                });
    }
}
