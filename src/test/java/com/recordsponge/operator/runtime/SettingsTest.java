package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.plan.PodGroup;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator's settings, which the chart passes as environment variables. */
class SettingsTest {

    private static Settings settings(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(Settings.class);
    }

    @Test
    void policiesAdmitTheIngressControllerOfK3s() {
        var settings = settings(Map.of()).networkPolicy();
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.ingressController())
                .isEqualTo(PodGroup.parse("kube-system/app.kubernetes.io/name=traefik"));
    }

    @Test
    void policiesCanAdmitAnotherIngressController() {
        var settings =
                settings(Map.of("RECORDSPONGE_NETWORK_POLICY_INGRESS_CONTROLLER", "edge/app=nginx,role=controller"));
        assertThat(settings.networkPolicy().ingressController())
                .isEqualTo(new PodGroup("edge", Map.of("app", "nginx", "role", "controller")));
    }

    @Test
    void anInvalidIngressControllerIsExplained() {
        var environment = Map.of("RECORDSPONGE_NETWORK_POLICY_INGRESS_CONTROLLER", "traefik");
        assertThatThrownBy(() -> settings(environment))
                .hasMessageContaining("recordsponge.network-policy.ingress-controller")
                .hasMessageContaining("write namespace/label=value");
    }
}
