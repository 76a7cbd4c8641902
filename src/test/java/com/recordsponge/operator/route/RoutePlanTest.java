package com.recordsponge.operator.route;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.certificate.CertificateObjects;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The defaults of the route; the schema fills in none of them here. */
class RoutePlanTest {

    private static RoutePlan plan(EnvironmentFixture environment) {
        return environment.plan().get(RoutePlan.class);
    }

    @Test
    void theUrlIsHttpsOnlyWithACertificate() {
        assertThat(plan(environment()).wanted().url()).isEqualTo("http://recordsponge.test");
        assertThat(plan(environment().withTls()).wanted().url()).isEqualTo("https://recordsponge.test");
    }

    @Test
    void theSecretIsTheCertificates() {
        assertThat(plan(environment().withTls()).wanted().tlsSecret())
                .contains(CertificateObjects.secretName(environment().withTls().plan()));
    }

    @Test
    void theDefaultsAreTraefikWithoutATimeout() {
        assertThat(plan(environment()).wanted().form().ingressClass()).isEqualTo("traefik");
        assertThat(plan(environment()).options().timeout()).isEmpty();
        var limited = plan(environment().with("ingress.timeout", "5m"));
        assertThat(limited.wanted().form().ingressClass()).isEqualTo("traefik");
        assertThat(limited.options().timeout()).contains(Duration.ofMinutes(5));
    }
}
