package com.recordsponge.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.FakeRegistryClient;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class EditsApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:%d
      host: staging.example.org
      """;

    /** The first edit of each pair causes a status write, often at the time of the second edit. */
    @Test
    void theOperatorSeesAnEditDuringAStatusWrite() {
        for (var tag = 0; tag < 40; tag += 2) {
            apply("site", SPEC.formatted(tag));
            apply("site", SPEC.formatted(tag + 1));
            var newest = "recordsponge/expungeservice@"
                    + FakeRegistryClient.digest("recordsponge/expungeservice:" + (tag + 1));
            eventually(() -> assertThat(imageOf("site")).isEqualTo(newest));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"requests", "limits"})
    void theContainerLosesWhatTheSpecLoses(String removed) {
        apply("site", SPEC.formatted(1) + "resources: {requests: {memory: 64Mi}, limits: {memory: 512Mi}}\n");
        eventually(() -> assertThat(child(Deployment.class, "site").get()).isNotNull());
        eventually(() -> assertThat(resources()).contains("64Mi", "512Mi"));
        var other = removed.equals("requests") ? "limits: {memory: 512Mi}" : "requests: {memory: 64Mi}";
        apply("site", SPEC.formatted(1) + "resources: {%s}\n".formatted(other));
        eventually(() -> assertThat(resources()).doesNotContain(removed));
    }

    private String resources() {
        return Serialization.asJson(
                template("site").getSpec().getContainers().getFirst().getResources());
    }
}
