package com.recordsponge.operator.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator reads k3s' registries.yaml. */
class RegistriesTest {

    private static final String PEM = TestCertificate.of("mirror.test").get("ca.crt");

    @TempDir
    Path folder;

    private Registries registries;

    @BeforeEach
    void read() throws IOException {
        Files.writeString(folder.resolve("ca.crt"), PEM);
        registries = read("""
                mirrors:
                  docker.io:
                    endpoint: ["https://mirror.test:5000/v2", http://second.test]
                    rewrite: {"^recordsponge/(.*)": "hub/$1"}
                  "*":
                    endpoint: ["https://all.test"]
                  itself.test:
                    endpoint: ["https://itself.test"]
                configs:
                  "mirror.test:5000":
                    auth: {username: node, password: "a:b"}
                    tls: {ca_file: ca.crt}
                  ghcr.io:
                    auth: {identity_token: long}
                  insecure.test:
                    tls: {insecure_skip_verify: true}
                """);
    }

    private Registries read(String text) throws IOException {
        return Registries.read(Files.writeString(folder.resolve("registries.yaml"), text));
    }

    private static String url(RegistryEndpoint endpoint, String image) {
        return endpoint.manifest(ImageReference.parse(image)).toString();
    }

    @Test
    void commentsBesideCertificatesCanBeInAnyEncoding() throws IOException {
        Files.write(folder.resolve("ca.crt"), ("# Autorité\n" + PEM).getBytes(ISO_8859_1));
        var endpoint = read("configs: {r.test: {tls: {ca_file: ca.crt}}}").endpoints("r.test");
        assertThat(endpoint.getFirst().trust().authorities())
                .hasValueSatisfying(pem -> assertThat(pem).endsWith(PEM));
    }

    @Test
    void mirrorsAreAskedBeforeTheRegistryItself() {
        assertThat(registries.endpoints("docker.io"))
                .extracting(endpoint -> url(endpoint, "recordsponge/app:a"))
                .containsExactly(
                        "https://mirror.test:5000/v2/hub/app/manifests/a?ns=docker.io",
                        "http://second.test/v2/hub/app/manifests/a?ns=docker.io",
                        "https://registry-1.docker.io/v2/recordsponge/app/manifests/a");
        assertThat(registries.endpoints("other.test"))
                .extracting(endpoint -> endpoint.base().getHost())
                .containsExactly("all.test", "other.test");
    }

    /** Harbor, Artifactory and others have a folder for each registry that they mirror. */
    @ParameterizedTest
    @CsvSource({
        "https://m.test, https://m.test/v2/",
        "https://m.test/, https://m.test/v2/",
        "https://m.test/v2, https://m.test/v2/",
        "https://m.test/v2/, https://m.test/v2/",
        "m.test:5000, https://m.test:5000/v2/",
        "http://m.test:5000, http://m.test:5000/v2/",
        "https://m.test/v2/dockerhub, https://m.test/v2/dockerhub/",
        "https://m.test/v2/dockerhub/, https://m.test/v2/dockerhub/",
        "https://m.test/prefix/v2, https://m.test/prefix/v2/",
        "m.test/project/registry, https://m.test/project/registry/",
        "https://user@m.test, https://m.test/v2/",
    })
    void thePathOfAMirrorIsTakenAsItIsWritten(String endpoint, String expected) throws IOException {
        var mirrored = read("mirrors: {docker.io: {endpoint: [\"%s\"]}}".formatted(endpoint));
        assertThat(url(mirrored.endpoints("docker.io").getFirst(), "team/app:a"))
                .isEqualTo(expected + "team/app/manifests/a?ns=docker.io");
        assertThat(mirrored.endpoints("docker.io")).hasSize(2);
    }

    /** A folder of the registry itself is no mirror of another: it is not told the name of the registry. */
    @Test
    void aFolderOfTheRegistryGoesBeforeTheRegistry() throws IOException {
        var mirrored = read("mirrors: {r.test: {endpoint: [\"https://r.test/v2/cache\"]}}");
        assertThat(mirrored.endpoints("r.test"))
                .extracting(endpoint -> url(endpoint, "r.test/app:a"))
                .containsExactly("https://r.test/v2/cache/app/manifests/a", "https://r.test/v2/app/manifests/a");
    }

    @ParameterizedTest
    @CsvSource({
        "^team/(.*), hub/$1, hub/app",
        "^team/(.*), hub/${1}, hub/app",
        "^team/(?P<name>.*), hub/${name}, hub/app",
        "^team/(?P<name>.*), hub/$name, hub/app",
        "^team/(.*), hub/$1x, hub/",
        "^team/(.*), hub/$2, hub/",
        "team, other, other/app",
        "^other/(.*), hub/$1, team/app",
        "^team/, team/, team/app",
    })
    void repositoriesAreRewrittenAsGoDoes(String expression, String replacement, String expected) throws IOException {
        var mirrored = read(
                "mirrors: {docker.io: {endpoint: [m.test], rewrite: {'%s': '%s'}}}".formatted(expression, replacement));
        assertThat(mirrored.endpoints("docker.io").getFirst().repository("team/app"))
                .isEqualTo(expected);
    }

    @Test
    void theFirstRuleThatChangesARepositoryCounts() throws IOException {
        var mirrored = read("""
                mirrors:
                  docker.io: {endpoint: [m.test], rewrite: {"^team/": "team/", "^(.*)$": "all/$1", "app": "other"}}
                """);
        assertThat(mirrored.endpoints("docker.io").getFirst().repository("team/app"))
                .isEqualTo("all/team/app");
    }

    @Test
    void certificatesOfAllRegistriesAreForThoseWithoutSettings() throws IOException {
        var every = read("""
                mirrors:
                  docker.io: {endpoint: [m.test]}
                configs:
                  "*": {auth: {username: node, password: word}, tls: {insecure_skip_verify: true}}
                  own.test: {auth: {username: node, password: word}}
                  empty.test:
                """);
        assertThat(every.endpoints("r.test").getLast()).satisfies(itself -> {
            assertThat(itself.trust().anything()).isTrue();
            assertThat(itself.credential())
                    .as("it would go to every host that an environment names")
                    .isEmpty();
            assertThat(itself.configured()).as("nor can every host be anywhere").isFalse();
        });
        assertThat(every.trust(URI.create("https://tokens.test/")).anything()).isTrue();
        assertThat(every.isConfigured(URI.create("https://tokens.test/"))).isFalse();
        assertThat(every.endpoints("empty.test").getLast().trust().anything()).isTrue();
        assertThat(every.endpoints("own.test").getLast().trust().anything()).isFalse();
        assertThat(every.endpoints("docker.io"))
                .as("a mirror has none, the registry behind it has")
                .extracting(endpoint -> endpoint.trust().anything())
                .containsExactly(false, true);
    }

    @Test
    void aRegistryWithSettingsHasNotTheMirrorsOfAll() throws IOException {
        var every = read("""
                mirrors:
                  "*": {endpoint: [m.test]}
                  listed.test:
                configs:
                  own.test: {tls: {insecure_skip_verify: true}}
                  empty.test:
                """);
        assertThat(every.endpoints("own.test")).hasSize(1);
        assertThat(every.endpoints("empty.test")).hasSize(2);
        assertThat(every.endpoints("listed.test")).hasSize(2);
    }

    @Test
    void aMirrorHasCredentialsAndAuthoritiesOfItsOwn() {
        var mirror = registries.endpoints("docker.io").getFirst();
        assertThat(mirror.credential()).contains(new Credential("node", "a:b", ""));
        assertThat(mirror.trust()).isEqualTo(new Registries.Trust(Optional.of(PEM), false));
        assertThat(registries.endpoints("ghcr.io").getLast().credential()).contains(new Credential("", "", "long"));
        assertThat(registries.endpoints("insecure.test").getLast().trust().anything())
                .isTrue();
    }

    /** As containerd does: a Secret of the pod goes before the node's account. */
    @Test
    void atTheRegistryItselfTheEnvironmentsCredentialComesFirst() {
        var own = new Credential("me", "own", "");
        var itself = registries.endpoints("ghcr.io").getLast();
        assertThat(itself.credentials(List.of(own))).containsExactly(own);
        assertThat(itself.credentials(List.of())).containsExactly(new Credential("", "", "long"));
        var mirror = registries.endpoints("docker.io").getFirst();
        assertThat(mirror.credentials(List.of(own))).containsExactly(new Credential("node", "a:b", ""));
        assertThat(registries.endpoints("other.test").getLast().credentials(List.of()))
                .containsExactly(Credential.NONE);
    }

    @Test
    void aRegistryThatIsItsOwnMirrorIsAskedOnce() {
        assertThat(registries.endpoints("itself.test")).hasSize(1);
    }

    @Test
    void onlyConfiguredHostsCanBeAnywhere() {
        assertThat(registries.endpoints("docker.io"))
                .extracting(RegistryEndpoint::configured)
                .containsExactly(true, true, false);
        assertThat(registries.endpoints("ghcr.io").getLast().configured()).isTrue();
    }

    @Test
    void withoutAFileEachRegistryIsAskedItself() {
        assertThat(Registries.none().endpoints("docker.io"))
                .extracting(endpoint -> url(endpoint, "postgres:17"))
                .containsExactly("https://registry-1.docker.io/v2/library/postgres/manifests/17");
        assertThat(Registries.none().endpoints("r.test:5000"))
                .extracting(endpoint -> url(endpoint, "r.test:5000/a@sha256:" + "b".repeat(64)))
                .containsExactly("https://r.test:5000/v2/a/manifests/sha256:" + "b".repeat(64));
    }
}
