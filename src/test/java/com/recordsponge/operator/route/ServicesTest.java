package com.recordsponge.operator.route;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cookie that keeps a session on its pod. */
class ServicesTest {

    private static final String COOKIE = "traefik.ingress.kubernetes.io/service.sticky.cookie";

    private static Map<String, String> annotations(EnvironmentFixture environment) {
        return Services.service(environment.plan()).getMetadata().getAnnotations();
    }

    @Test
    void sessionsOfSeveralPodsAreKeptOnTheirs() {
        assertThat(annotations(environment().with("replicas", "2"))).containsEntry(COOKIE, "true");
    }

    /** Traefik sends whoever has the cookie to a stopping pod even when that has just gone. */
    @Test
    void whereAnyPodKnowsAllSessionsNobodyIsBoundToOne() {
        assertThat(annotations(environment())).doesNotContainKey(COOKIE);
        assertThat(annotations(environment().with("replicas", "2").with("sessions", "{storage: 1Gi}")))
                .doesNotContainKey(COOKIE);
    }

    /** Browsers drop a secure cookie over plain HTTP, and with it the pod that holds the session. */
    @Test
    void theCookieIsSecureOnlyOverHttps() {
        var twoPods = environment().with("replicas", "2");
        assertThat(annotations(twoPods)).containsEntry(COOKIE + ".secure", "false");
        assertThat(annotations(twoPods.withTls())).containsEntry(COOKIE + ".secure", "true");
    }
}
