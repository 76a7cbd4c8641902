package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Text beyond ASCII in one environment stops the watches of no other. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class ForeignTextApiTest extends ApiTest {

    private static final String SPEC = """
            tier: staging
            image: recordsponge/expungeservice:staging
            host: %s.example.org
            env: [{name: GREETING, value: "%s"}]
            """;

    @Test
    void everyCharacterReachesThePods() {
        for (var edit = 0; edit < 20; edit++) {
            var greeting = "Grüße – „500 m²“ für 5 €, 🧽 " + "ü".repeat(edit * 97) + edit;
            apply("site", SPEC.formatted("site", greeting));
            eventually(() -> assertThat(child(Deployment.class, "site").get())
                    .isNotNull()
                    .extracting(deployment -> deployment
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .getFirst()
                            .getEnv())
                    .asString()
                    .contains(greeting));
        }
    }
}
