package com.recordsponge.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake in registries.yaml is found at the start, and its sentence says where it is and what to do. */
class RegistriesFileTest {

    @TempDir
    Path folder;

    private Registries read(String text) throws IOException {
        return Registries.read(Files.writeString(folder.resolve("registries.yaml"), text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "configs: {m.test: {tls: {ca_file: /etc/rancher/k3s/ca.crt}}} "
                        + "| configs.m.test.tls.ca_file is /etc/rancher/k3s/ca.crt, which is no file | registries.files",
                "configs: {m.test: {tls: {ca_file: registries.yaml}}} "
                        + "| configs.m.test.tls.ca_file is registries.yaml | no certificates in PEM",
                "configs: {'*': {tls: {cert_file: node.crt}}} | configs.*.tls.cert_file is node.crt | client certificate",
                "configs: {m.test: {tls: {key_file: node.key}}} | configs.m.test.tls.key_file is node.key | Remove it",
                "configs: {m.test: {tls: [ca.crt]}} | configs.m.test.tls | no map",
                "configs: {m.test: {auth: name}} | configs.m.test.auth | no map",
                "configs: [m.test] | configs | no map",
                "mirrors: {docker.io: {endpoint: 'https://m.test'}} | mirrors.docker.io.endpoint | no list of URLs",
                "mirrors: {docker.io: {endpoint: ['ftp://m.test']}} "
                        + "| mirrors.docker.io.endpoint has ftp://m.test | no http or https URL",
                "mirrors: {docker.io: {endpoint: ['https://']}} | mirrors.docker.io.endpoint has https:// | of a host",
                "mirrors: {docker.io: {endpoint: ['a b']}} | mirrors.docker.io.endpoint has a b | of a host",
                "mirrors: {'*': {rewrite: {'^(': a}}} | mirrors.*.rewrite has ^( | no regular expression: Unclosed group",
                "mirrors: {'*': {rewrite: {a: 'b c'}}} | mirrors.*.rewrite has b c | no name of a repository",
                "mirrors: { | line 1 | no YAML",
            })
    void aMistakeIsNamed(String text, String where, String what) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(folder.resolve("registries.yaml") + ": ")
                .hasMessageContainingAll(where, what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "configs: {m.test: {auth: {password: \"pa55word\", username: ]}}}",
                "mirrors: {docker.io: {endpoint: [\"ftp://me:pa55word@m.test\"]}}",
                "mirrors: {docker.io: {endpoint: [\"me:pa55word@m test\"]}}",
                "configs: {m.test: {auth: pa55word}}",
            })
    void noMistakePrintsACredential(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pa55word");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> Registries.read(folder.resolve("none.yaml")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "mirrors:", "{mirrors: {docker.io: }, configs: {docker.io: }}"})
    void whatIsWithoutAValueIsNoMistake(String text) throws IOException {
        assertThat(read(text).endpoints("docker.io")).hasSize(1);
    }
}
