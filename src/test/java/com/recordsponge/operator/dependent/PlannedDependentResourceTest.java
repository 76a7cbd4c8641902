package com.recordsponge.operator.dependent;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.managed.DefaultManagedWorkflowAndDependentResourceContext;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Objects that nothing uses yet; the API server answers a request for one of them with a status code. */
    private static PlannedDependentResource<ConfigMap> unused(int code, boolean unused) {
        return new PlannedDependentResource<>(ConfigMap.class, Component.DATABASE, _ -> List.of()) {
            @Override
            protected List<ConfigMap> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
                throw new KubernetesClientException("in its words", code, null);
            }

            @Override
            protected boolean isUnused(EnvironmentPlan plan) {
                return unused;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 422})
    void aRefusalOfWhatNothingUsesIsReportedAndStopsNothing(int code) {
        var context = planned();
        unused(code, true).reconcile(environment().build(), context);
        assertThat(PlanContext.blockers(context)).singleElement().satisfies(blocker -> {
            assertThat(blocker.component()).isEqualTo(Component.DATABASE);
            assertThat(blocker.reason()).isEqualTo(Reason.APPLY_FAILED);
            assertThat(blocker.message()).isEqualTo("The API server refused: in its words");
            assertThat(blocker.partial()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 409, 429, 500, 503})
    void aPassingFailureIsRetriedByTheSdk(int code) {
        var context = planned();
        assertThatThrownBy(() -> unused(code, true).reconcile(environment().build(), context))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(PlanContext.blockers(context)).isEmpty();
    }

    @Test
    void aRefusalOfWhatOthersNeedStopsThem() {
        assertThatThrownBy(() -> unused(403, false).reconcile(environment().build(), planned()))
                .isInstanceOf(KubernetesClientException.class);
    }

    @SuppressWarnings("unchecked")
    private static Context<RecordSpongeEnvironment> planned() {
        var attributes = new DefaultManagedWorkflowAndDependentResourceContext<RecordSpongeEnvironment>(
                null, environment().build(), null);
        attributes.put(EnvironmentPlan.class, environment().plan());
        return (Context<RecordSpongeEnvironment>) Proxy.newProxyInstance(
                PlannedDependentResourceTest.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (_, _, _) -> attributes);
    }
}
