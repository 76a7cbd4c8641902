package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change of data that pods read, and no other change, causes a rollout: the pod template names other copies. */
class ChangedDataTest {

    private static EnvironmentFixture app() {
        return environment()
                .withVerifiedDatabase()
                .with("envFrom", "[{secretRef: {name: extra}}, {configMapRef: {name: flags}}]")
                .secret("extra", Map.of("A", "1", "B", "2"))
                .configMap("flags", Map.of("FLAG", "on"));
    }

    private static PodTemplateSpec template(EnvironmentFixture environment) {
        return WorkloadObjects.deployment(environment.plan()).getSpec().getTemplate();
    }

    private static EnvironmentFixture withKey(String key) {
        return app().owns(List.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(EnvironmentFixture.NAMESPACE)
                .withName("staging-session-key")
                .endMetadata()
                .addToData("SECRET_KEY", key)
                .build()));
    }

    private static LinkedHashMap<String, String> inOrder(String... keysAndValues) {
        var map = new LinkedHashMap<String, String>();
        for (var index = 0; index < keysAndValues.length; index += 2) {
            map.put(keysAndValues[index], keysAndValues[index + 1]);
        }
        return map;
    }

    @Test
    void theOrderOfTheDataDoesNotMatter() {
        assertThat(template(app().secret("extra", inOrder("B", "2", "A", "1")))).isEqualTo(template(app()));
    }

    @Test
    void aChangedSecretCausesARollout() {
        assertThat(template(app().secret("extra", Map.of("A", "1", "B", "3")))).isNotEqualTo(template(app()));
    }

    @Test
    void aChangedConfigMapCausesARollout() {
        assertThat(template(app().configMap("flags", Map.of("FLAG", "off")))).isNotEqualTo(template(app()));
    }

    @Test
    void changedCredentialsCauseARollout() {
        var rotated = app().secret("credentials", Map.of("username", "app", "password", "new"));
        var renamed = app().secret("credentials", Map.of("username", "app2", "password", "pa55word"));
        assertThat(template(rotated)).isNotEqualTo(template(app())).isNotEqualTo(template(renamed));
        assertThat(template(renamed)).isNotEqualTo(template(app()));
    }

    @Test
    void aChangedCaCertificateCausesARollout() {
        assertThat(template(app().secret("db-ca", Map.of("ca.crt", "NEW")))).isNotEqualTo(template(app()));
    }

    @Test
    void aChangedSessionKeyCausesARollout() {
        assertThat(template(withKey("b25l"))).isNotEqualTo(template(withKey("dHdv")));
        var provided =
                app().with("sessionKeySecretRef", "{name: app, key: KEY}").secret("app", Map.of("KEY", "one"));
        var before = template(provided);
        assertThat(template(provided.secret("app", Map.of("KEY", "two")))).isNotEqualTo(before);
        assertThat(template(provided.secret("app", Map.of("KEY", "one", "OTHER", "three"))))
                .as("pods do not read the other key")
                .isEqualTo(before);
    }

    @Test
    void anUnrelatedSecretCausesNoRollout() {
        assertThat(template(app().secret("unrelated", Map.of("A", "9")))).isEqualTo(template(app()));
    }

    /** Traefik reads the users; the pods do not. */
    @Test
    void changedUsersOfBasicAuthCauseNoRollout() {
        var protectedPath = app().with("ingress.basicAuth", "[{path: /, secretRef: {name: users}}]");
        var before = template(protectedPath.secret("users", Map.of("users", "a:b")));
        assertThat(template(protectedPath.secret("users", Map.of("users", "a:c"))))
                .isEqualTo(before);
    }

    @Test
    void aValueMovedToAnotherKeyCausesARollout() {
        assertThat(template(app().secret("extra", Map.of("A", "12", "B", ""))))
                .isNotEqualTo(template(app().secret("extra", Map.of("A", "1", "B", "2"))))
                .isNotEqualTo(template(app().secret("extra", Map.of("A", "", "B", "12"))));
    }
}
