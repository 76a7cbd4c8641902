package com.recordsponge.operator.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Golden;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GeneratedCrdTest {

    @Test
    void theCommittedDefinitionIsTheOneThatTheTypesGive() throws IOException {
        Golden.assertMatches(
                Path.of("deploy/crds/recordspongeenvironments.recordsponge.com.yaml"), GeneratedCrd.yaml());
    }

    @Test
    void everyRuleStandsOnce() throws IOException {
        assertThat(GeneratedCrd.yaml()).containsOnlyOnce("rule: \"self.matches('^[a-z_][a-z0-9_]{0,62}$')\"");
    }
}
