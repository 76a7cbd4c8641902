package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change of data that pods read, and no other change, causes a rollout: its digest is in the pod template. */
class ConfigDigestTest {

    private static final Map<String, String> KEY = Map.of("SECRET_KEY", "a2V5");

    private static EnvironmentFixture app() {
        return environment()
                .withVerifiedDatabase()
                .with("envFrom", "[{secretRef: {name: extra}}, {configMapRef: {name: flags}}]")
                .secret("extra", Map.of("A", "1", "B", "2"))
                .configMap("flags", Map.of("FLAG", "on"));
    }

    private static String digest(EnvironmentFixture environment) {
        return digest(environment, KEY);
    }

    private static String digest(EnvironmentFixture environment, Map<String, String> secretKey) {
        var template =
                Deployments.deployment(environment.plan(), secretKey).getSpec().getTemplate();
        return template.getMetadata().getAnnotations().get("recordsponge.com/config-digest");
    }

    private static LinkedHashMap<String, String> inOrder(String... keysAndValues) {
        var map = new LinkedHashMap<String, String>();
        for (var index = 0; index < keysAndValues.length; index += 2) {
            map.put(keysAndValues[index], keysAndValues[index + 1]);
        }
        return map;
    }

    @Test
    void theDigestDoesNotDependOnTheOrder() {
        assertThat(digest(app().secret("extra", inOrder("B", "2", "A", "1")))).isEqualTo(digest(app()));
        assertThat(digest(app(), inOrder("a", "1", "b", "2"))).isEqualTo(digest(app(), inOrder("b", "2", "a", "1")));
    }

    @Test
    void aChangedSecretCausesARollout() {
        assertThat(digest(app().secret("extra", Map.of("A", "1", "B", "3")))).isNotEqualTo(digest(app()));
    }

    @Test
    void aChangedConfigMapCausesARollout() {
        assertThat(digest(app().configMap("flags", Map.of("FLAG", "off")))).isNotEqualTo(digest(app()));
    }

    @Test
    void changedCredentialsCauseARollout() {
        var rotated = app().secret("credentials", Map.of("username", "app", "password", "new"));
        var renamed = app().secret("credentials", Map.of("username", "app2", "password", "pa55word"));
        assertThat(digest(rotated)).isNotEqualTo(digest(app())).isNotEqualTo(digest(renamed));
        assertThat(digest(renamed)).isNotEqualTo(digest(app()));
    }

    @Test
    void aChangedCaCertificateCausesARollout() {
        assertThat(digest(app().secret("db-ca", Map.of("ca.crt", "NEW")))).isNotEqualTo(digest(app()));
    }

    @Test
    void aChangedSessionKeyCausesARollout() {
        assertThat(digest(app(), Map.of("SECRET_KEY", "bmV3"))).isNotEqualTo(digest(app()));
        var provided =
                app().with("sessionKeySecretRef", "{name: app, key: KEY}").secret("app", Map.of("KEY", "one"));
        var before = digest(provided, Map.of());
        assertThat(digest(provided.secret("app", Map.of("KEY", "two")), Map.of()))
                .isNotEqualTo(before);
    }

    @Test
    void anUnrelatedSecretCausesNoRollout() {
        assertThat(digest(app().secret("unrelated", Map.of("A", "9")))).isEqualTo(digest(app()));
    }

    /** Traefik reads the users; the pods do not. */
    @Test
    void changedUsersOfBasicAuthCauseNoRollout() {
        var protectedPath = app().with("ingress.basicAuth", "[{path: /, secretRef: {name: users}}]");
        var before = digest(protectedPath.secret("users", Map.of("users", "a:b")));
        assertThat(digest(protectedPath.secret("users", Map.of("users", "a:c"))))
                .isEqualTo(before);
    }

    @Test
    void aValueMovedToAnotherKeyCausesARollout() {
        assertThat(digest(app().secret("extra", Map.of("A", "12", "B", ""))))
                .isNotEqualTo(digest(app().secret("extra", Map.of("A", "1", "B", "2"))))
                .isNotEqualTo(digest(app().secret("extra", Map.of("A", "", "B", "12"))));
    }

    @Test
    void theDigestRevealsNoData() {
        assertThat(digest(app())).matches("[0-9a-f]{32}");
    }
}
