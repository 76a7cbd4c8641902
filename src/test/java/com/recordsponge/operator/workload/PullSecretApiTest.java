package com.recordsponge.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator watches the Secrets of imagePullSecrets. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class PullSecretApiTest extends ApiTest {

    @Test
    void aMissingOneIsNamedUntilItIsCreated() {
        apply("site", """
        tier: staging
        image: recordsponge/expungeservice:staging
        imagePullSecrets: [{name: hub}]
        host: pull.example.org
        """);
        rollOut("site");
        var condition = awaitCondition("site", "WorkloadAvailable", "True", "Available");
        assertThat(condition.getMessage()).contains("Secret hub of spec.imagePullSecrets does not exist");

        secret("hub", "kubernetes.io/dockerconfigjson", Map.of(".dockerconfigjson", "{\"auths\": {}}"));
        eventually(() -> assertThat(condition("site", "WorkloadAvailable"))
                .hasValueSatisfying(now -> assertThat(now.getMessage()).isEqualTo("1 of 1 pods available.")));
    }
}
