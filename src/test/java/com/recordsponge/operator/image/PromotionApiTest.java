package com.recordsponge.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** From a push to staging to the same digest in prod. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class PromotionApiTest extends ApiTest {

    private static final String NAME = "recordsponge/promoted";
    private static final String TAG = NAME + ":staging";
    private static final String FIRST = "sha256:" + "a".repeat(64);
    private static final String SECOND = "sha256:" + "b".repeat(64);
    private static final String STAGING = """
      tier: staging
      image: recordsponge/promoted:staging
      host: staging.promoted.example.org
      release: {policy: Track, interval: 5s}
      """;
    private static final String PROD = """
      tier: prod
      image: recordsponge/promoted
      host: promoted.example.org
      release: {policy: Promote, promoteFrom: {name: staging, soak: %s}}
      """;

    private void deployToStaging(String digest) {
        registry.push(TAG, digest);
        eventually(() -> assertThat(imageOf("staging")).isEqualTo(NAME + "@" + digest));
        rollOut("staging");
    }

    private void awaitProd(String digest) {
        eventually(() -> assertThat(imageOf("prod")).isEqualTo(NAME + "@" + digest));
    }

    @Test
    void aTestedDigestReachesProd() {
        apply("prod", PROD.formatted("2s"));
        awaitCondition("prod", "ImageResolved", "False", "PromotionSourceNotFound");
        apply("staging", STAGING);
        deployToStaging(FIRST);
        admit("staging");
        awaitProd(FIRST);
        rollOut("prod");

        deployToStaging(SECOND);
        awaitProd(SECOND);
        eventually(() -> assertThat(eventMessages())
                .contains("%s: deploying %s instead of %s, promoted from staging".formatted(NAME, SECOND, FIRST)));
        assertThat(environment("prod").getSpec().image())
                .as("the spec is untouched")
                .isEqualTo(NAME);
    }

    @Test
    void anApprovalEndsTheSoak() {
        registry.push(TAG, FIRST);
        apply("staging", STAGING);
        deployToStaging(FIRST);
        admit("staging");
        apply("prod", PROD.formatted("24h"));
        awaitCondition("prod", "ImageResolved", "False", "AwaitingPromotion");
        eventually(() -> assertThat(environment("prod").getStatus().release().candidate())
                .satisfies(candidate -> {
                    assertThat(candidate.digest()).isEqualTo(FIRST);
                    assertThat(candidate.soakEndsAt()).isNotNull();
                }));
        annotate("prod", "recordsponge.com/approve", FIRST);
        awaitProd(FIRST);
    }
}
