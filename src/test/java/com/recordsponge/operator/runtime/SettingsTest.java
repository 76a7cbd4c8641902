package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.plan.HostRules;
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
    void everyNamespaceCanHaveEveryHostByDefault() {
        assertThat(settings(Map.of()).hosts().rules()).isEmpty();
    }

    @Test
    void rulesCanReserveHosts() {
        var settings = settings(Map.of("RECORDSPONGE_HOSTS_RULES", "prod,ops=example.org,*.example.org;dev=dev.test"));
        assertThat(settings.hosts().rules())
                .contains(HostRules.parse("prod,ops=example.org,*.example.org;dev=dev.test"));
    }

    @Test
    void anInvalidRuleIsExplained() {
        var environment = Map.of("RECORDSPONGE_HOSTS_RULES", "prod");
        assertThatThrownBy(() -> settings(environment).hosts().rules())
                .hasMessageContaining("recordsponge.hosts.rules")
                .hasMessageContaining("write namespace=name");
    }

    @Test
    void anInvalidIngressControllerIsExplained() {
        var environment = Map.of("RECORDSPONGE_NETWORK_POLICY_INGRESS_CONTROLLER", "traefik");
        assertThatThrownBy(() -> settings(environment))
                .hasMessageContaining("recordsponge.network-policy.ingress-controller")
                .hasMessageContaining("write namespace/label=value");
    }

    @Test
    void sitesAreAskedThroughTheIngressControllerOfK3s() {
        assertThat(settings(Map.of()).ingressController().service())
                .isEqualTo(ControllerService.parse("kube-system/traefik"));
    }

    @Test
    void sitesAreNotAskedWithoutAnIngressController() {
        assertThat(settings(Map.of("RECORDSPONGE_INGRESS_CONTROLLER_SERVICE", "none"))
                        .ingressController()
                        .service())
                .isEmpty();
    }

    @Test
    void anInvalidServiceIsExplained() {
        var invalid = Map.of("RECORDSPONGE_INGRESS_CONTROLLER_SERVICE", "kube-system/Traefik");
        assertThatThrownBy(() -> settings(invalid))
                .hasMessageContaining("'kube-system/Traefik' names no ingress controller");
    }
}
