package com.recordsponge.operator.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Golden;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedCrdTest {

    /** Each installation method has a copy, because Helm and kustomize cannot read files outside their folder. */
    @ParameterizedTest
    @ValueSource(strings = {"deploy/crds", "deploy/helm/recordsponge-operator/files", "deploy/kustomize/crds"})
    void everyCopyOfTheCrdMatchesTheTypes(String folder) throws IOException {
        Golden.assertMatches(Path.of(folder, "recordspongeenvironments.recordsponge.com.yaml"), GeneratedCrd.yaml());
    }

    @Test
    void theCrdHasNoDuplicateRules() throws IOException {
        assertThat(GeneratedCrd.yaml()).containsOnlyOnce("rule: \"self.matches('^[a-z_][a-z0-9_]{0,62}$')\"");
    }
}
