package com.recordsponge.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class ReadsApiTest extends ApiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deployments",
                "services",
                "ingresses",
                "endpointslices",
                "pods",
                "persistentvolumeclaims",
                "poddisruptionbudgets"
            })
    void theOperatorListsOnlyItsOwnObjects(String resource) {
        assertThat(SERVER.audit().operatorReads(0, resource)).isNotEmpty().allSatisfy(uri -> assertThat(uri)
                .contains("labelSelector=app.kubernetes.io%2Fmanaged-by%3Drecordsponge-operator"));
    }
}
