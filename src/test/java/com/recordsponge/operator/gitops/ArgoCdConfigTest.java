package com.recordsponge.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Golden;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Argo CD's ConfigMap and Helm values hold the scripts that the tests run. */
class ArgoCdConfigTest {

    @Test
    void theConfigMapPatchHoldsTheScripts() throws IOException {
        Golden.assertMatches(ArgoCdConfig.CONFIG_MAP, ArgoCdConfig.configMap());
    }

    @Test
    void theHelmValuesHoldTheScripts() throws IOException {
        Golden.assertMatches(ArgoCdConfig.VALUES, ArgoCdConfig.values());
    }

    @Test
    void theHelmValuesEqualBothPatches() throws IOException {
        Map<String, Map<String, Map<String, String>>> values =
                Serialization.unmarshal(Files.readString(ArgoCdConfig.VALUES), Map.class);

        var patches = new HashMap<>(ArgoCdConfig.data(ArgoCdConfig.CONFIG_MAP));
        patches.putAll(ArgoCdConfig.data(ArgoCdConfig.APP_OF_APPS));
        assertThat(values.get("configs").get("cm")).isEqualTo(patches);
    }
}
