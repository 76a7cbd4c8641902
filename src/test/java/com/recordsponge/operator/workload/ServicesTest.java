package com.recordsponge.operator.workload;

import static com.recordsponge.operator.plan.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.EnvironmentPlan;
import org.junit.jupiter.api.Test;

/** What the examples, which all have a certificate, do not show of the Service. */
class ServicesTest {

    private static String secure(EnvironmentPlan plan) {
        return Services.service(plan)
                .getMetadata()
                .getAnnotations()
                .get("traefik.ingress.kubernetes.io/service.sticky.cookie.secure");
    }

    /** Browsers drop a secure cookie over plain HTTP, and with it the pod that holds the session. */
    @Test
    void theCookieThatKeepsASessionOnItsPodIsSecureOnlyOverHttps() {
        assertThat(secure(environment().plan())).isEqualTo("false");
        assertThat(secure(environment().withTls().plan())).isEqualTo("true");
    }
}
