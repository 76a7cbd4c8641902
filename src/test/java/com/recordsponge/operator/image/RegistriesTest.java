package com.recordsponge.operator.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.image.Registries.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator reads k3s' registries.yaml. */
class RegistriesTest {

    @TempDir
    Path folder;

    private Registries registries;

    @BeforeEach
    void read() throws IOException {
        Files.writeString(folder.resolve("ca.crt"), "PEM");
        registries = Registries.read(Files.writeString(folder.resolve("registries.yaml"), """
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
                """));
    }

    private static String url(Endpoint endpoint, String image) {
        return endpoint.manifest(ImageReference.parse(image)).toString();
    }

    @Test
    void commentsBesideCertificatesCanBeInAnyEncoding() throws IOException {
        Files.write(folder.resolve("ca.crt"), "# Autorité\nPEM".getBytes(ISO_8859_1));
        assertThat(registries.endpoints("docker.io").getFirst().trust().authorities())
                .hasValueSatisfying(pem -> assertThat(pem).endsWith("\nPEM"));
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

    @Test
    void aMirrorHasCredentialsAndAuthoritiesOfItsOwn() {
        var mirror = registries.endpoints("docker.io").getFirst();
        assertThat(mirror.credential()).contains(new Credential("node", "a:b", ""));
        assertThat(mirror.trust()).isEqualTo(new Registries.Trust(Optional.of("PEM"), false));
        assertThat(registries.endpoints("ghcr.io").getLast().credential()).contains(new Credential("", "", "long"));
        assertThat(registries.endpoints("insecure.test").getLast().trust().anything())
                .isTrue();
    }

    /** As containerd does: a Secret of the pod goes before the node's account. */
    @Test
    void atTheRegistryItselfTheEnvironmentsCredentialComesFirst() {
        var own = new Credential("me", "own", "");
        var itself = registries.endpoints("ghcr.io").getLast();
        assertThat(itself.credential(own)).isEqualTo(own);
        assertThat(itself.credential(Credential.NONE)).isEqualTo(new Credential("", "", "long"));
        var mirror = registries.endpoints("docker.io").getFirst();
        assertThat(mirror.credential(own)).isEqualTo(new Credential("node", "a:b", ""));
    }

    @Test
    void aRegistryThatIsItsOwnMirrorIsAskedOnce() {
        assertThat(registries.endpoints("itself.test")).hasSize(1);
    }

    @Test
    void onlyConfiguredHostsCanBeAnywhere() {
        assertThat(registries.endpoints("docker.io"))
                .extracting(Endpoint::configured)
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
