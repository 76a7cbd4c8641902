package com.recordsponge.operator.route;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sticky cookie, which sends a session to the pod that holds it. */
class ServicesTest {

    private static final String COOKIE = "traefik.ingress.kubernetes.io/service.sticky.cookie";

    private static Map<String, String> annotations(EnvironmentFixture environment) {
        return Services.service(environment.plan()).getMetadata().getAnnotations();
    }

    @Test
    void aCookieBindsASessionToItsPod() {
        assertThat(annotations(environment().with("replicas", "2"))).containsEntry(COOKIE, "true");
    }

    /** Traefik sends a request with the cookie to its pod even if that pod has just stopped. */
    @Test
    void sharedSessionsAreNotBoundToAPod() {
        assertThat(annotations(environment())).doesNotContainKey(COOKIE);
        assertThat(annotations(environment().with("replicas", "2").with("sessions", "{storage: 1Gi}")))
                .doesNotContainKey(COOKIE);
    }

    /** Over plain HTTP, browsers ignore a secure cookie, so requests would reach pods without the session. */
    @Test
    void theCookieIsSecureOnlyOverHttps() {
        var twoPods = environment().with("replicas", "2");
        assertThat(annotations(twoPods)).containsEntry(COOKIE + ".secure", "false");
        assertThat(annotations(twoPods.withTls())).containsEntry(COOKIE + ".secure", "true");
    }
}
