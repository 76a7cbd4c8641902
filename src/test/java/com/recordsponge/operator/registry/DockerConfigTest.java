package com.recordsponge.operator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator finds the credentials that the kubelet finds. */
class DockerConfigTest {

    private static Credential find(String json, String image) {
        return find(Map.of(".dockerconfigjson", json.getBytes(UTF_8)), image);
    }

    private static Credential find(Map<String, byte[]> secret, String image) {
        var config = new DockerConfig();
        config.add(secret);
        return config.find(ImageReference.parse(image)).stream().findFirst().orElse(Credential.NONE);
    }

    private static String auths(String host, String entry) {
        return "{\"auths\": {\"%s\": %s}}".formatted(host, entry);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void aPasswordCanContainAColon() {
        var json = auths("ghcr.io", "{\"auth\": \"%s\"}".formatted(encoded("me:pa:ss")));
        assertThat(find(json, "ghcr.io/a/b:c")).isEqualTo(new Credential("me", "pa:ss", ""));
    }

    @Test
    void userNameAndPasswordCanBeFieldsOfTheirOwn() {
        var json = auths("ghcr.io", "{\"username\": \"me\", \"password\": \"pass\"}");
        assertThat(find(json, "ghcr.io/a/b:c")).isEqualTo(new Credential("me", "pass", ""));
    }

    @Test
    void anIdentityTokenReplacesThePassword() {
        var json = auths(
                "r.azurecr.io", "{\"auth\": \"%s\", \"identitytoken\": \"long\"}".formatted(encoded("00000000:")));
        assertThat(find(json, "r.azurecr.io/a:b")).isEqualTo(new Credential("00000000", "", "long"));
        assertThat(find(json, "r.azurecr.io/a:b").hasPassword()).isFalse();
    }

    @Test
    void theOldFormHasNoLevelForAuths() {
        var json = "{\"ghcr.io\": {\"auth\": \"%s\"}}".formatted(encoded("me:pass"));
        assertThat(find(Map.of(".dockercfg", json.getBytes(UTF_8)), "ghcr.io/a:b")
                        .password())
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({
        "https://index.docker.io/v1/, recordsponge/app:a",
        "docker.io, postgres:17",
        "registry-1.docker.io, docker.io/recordsponge/app:a",
        "https://ghcr.io, ghcr.io/a/b:c",
        "http://registry:5000/v2/, registry:5000/a:b",
        "registry:5000/team, registry:5000/team/app:a",
        "*.example.org, eu.example.org/a:b",
        "eu-*.example.org, eu-1.example.org/a:b",
    })
    void hostsMatchHoweverTheyAreWritten(String host, String image) {
        var json = auths(host, "{\"auth\": \"%s\"}".formatted(encoded("me:pass")));
        assertThat(find(json, image).username()).isEqualTo("me");
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, recordsponge/app:a",
        "registry, registry:5000/a:b",
        "registry:5000/team, registry:5000/teammates/app:a",
        "*.example.org, a.b.example.org/a:b",
        "*.example.org, exampleXorg/a:b",
    })
    void credentialsAreNotForOtherRegistries(String host, String image) {
        var json = auths(host, "{\"auth\": \"%s\"}".formatted(encoded("me:pass")));
        assertThat(find(json, image)).isEqualTo(Credential.NONE);
    }

    @Test
    void theLongestPathWins() {
        var json = "{\"auths\": {\"r.io\": {\"auth\": \"%s\"}, \"r.io/team\": {\"auth\": \"%s\"}, \"ghcr.io\": {}}}"
                .formatted(encoded("all:x"), encoded("team:x"));
        assertThat(find(json, "r.io/team/app:a").username()).isEqualTo("team");
        assertThat(find(json, "r.io/other/app:a").username()).isEqualTo("all");
    }

    /** A password that is being replaced can be in an old Secret and in a new one. */
    @Test
    void allThatMatchAreFoundTheMostSpecificFirst() {
        var config = new DockerConfig();
        for (var name : List.of("old", "new")) {
            var entry = "{\"auth\": \"%s\"}".formatted(encoded(name + ":x"));
            var json = "{\"auths\": {\"r.io\": %s, \"r.io/team\": %s, \"ghcr.io\": %s}}"
                    .formatted(entry, entry.replace(encoded(name + ":x"), encoded(name + "-team:x")), entry);
            config.add(Map.of(".dockerconfigjson", json.getBytes(UTF_8)));
        }
        assertThat(config.find(ImageReference.parse("r.io/team/app:a")))
                .extracting(Credential::username)
                .containsExactly("old-team", "new-team", "old", "new");
    }

    @Test
    void equalEntriesAreTriedOnceAndNotEndlesslyMany() {
        var config = new DockerConfig();
        for (var count = 0; count < 100; count++) {
            var json = auths("r.io", "{\"auth\": \"%s\"}".formatted(encoded("me-" + count / 2 + ":x")));
            config.add(Map.of(".dockerconfigjson", json.getBytes(UTF_8)));
        }
        assertThat(config.find(ImageReference.parse("r.io/app:a")))
                .doesNotHaveDuplicates()
                .hasSize(DockerConfig.MOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"auths\": null}",
                "{\"auths\": {\"ghcr.io\": null}}",
                "{\"auths\": {\"ghcr.io\": {\"auth\": \"%%%\"}}}",
                "{\"auths\": {\"ghcr.io\": {\"auth\": 1, \"username\": {}}}}",
                "not JSON",
                "{\"credHelpers\": {\"ghcr.io\": \"x\"}}"
            })
    void whatCannotBeReadIsIgnored(String json) {
        assertThat(find(json, "ghcr.io/a:b")).isEqualTo(Credential.NONE);
    }

    @Test
    void aCredentialNeverPrintsItsSecrets() {
        assertThat(new Credential("me", "pass", "long").toString()).doesNotContain("me", "pass", "long");
    }
}
