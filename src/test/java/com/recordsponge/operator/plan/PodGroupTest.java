package com.recordsponge.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodGroupTest {

    @Test
    void aPodGroupIsParsedFromNamespaceAndLabels() {
        assertThat(PodGroup.parse("kube-system/app.kubernetes.io/name=traefik"))
                .isEqualTo(new PodGroup("kube-system", Map.of("app.kubernetes.io/name", "traefik")));
        assertThat(PodGroup.parse("edge/app=nginx,role=controller"))
                .isEqualTo(new PodGroup("edge", Map.of("app", "nginx", "role", "controller")));
        assertThat(PodGroup.parse("edge/marked=")).isEqualTo(new PodGroup("edge", Map.of("marked", "")));
    }

    /** Without labels the group would include all pods of the namespace; without a namespace, those of all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kube-system",
                "kube-system/",
                "kube-system/traefik",
                "app.kubernetes.io/name=traefik",
                "/app=nginx",
                "Edge/app=nginx",
                "edge/app=nginx,",
                "edge/app!=nginx",
                "edge/app=nginx role=controller"
            })
    void anInvalidPodGroupIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PodGroup.parse(text))
                .withMessageContaining("'" + text + "' names no pods")
                .withMessageContaining("kube-system/app.kubernetes.io/name=traefik");
    }
}
