package com.recordsponge.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.FakeRegistryClient;
import com.recordsponge.operator.support.OperatorResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

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
}
