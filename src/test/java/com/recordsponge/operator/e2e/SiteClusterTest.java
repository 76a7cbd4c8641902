package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SiteClusterTest extends ClusterTest {

    private final TestEnvironment staging = environment("staging");
    private TestDatabase database;

    @BeforeAll
    void applyTheStagingExample() throws IOException {
        database = database(staging);
        staging.apply(exampleSpec(
                "staging",
                Map.of(
                        "staging.recordsponge.localhost", staging.host(),
                        "record_expunge_staging", database.name(),
                        "staging-db", database.secret())));
        staging.awaitServed();
    }

    @Test
    void stagingServesHttpsWithTheIssuersCertificate() {
        var response = staging.site().get("/api/hello");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("Hello, world!");
        assertThatThrownBy(() -> staging.site()
                        .get(
                                "/api/hello",
                                "--cacert",
                                cluster.databaseAuthority().toString()))
                .as("a client that trusts another authority")
                .hasMessageContaining("failed with code 60");
    }

    @Test
    void frontEndServesAllOtherPaths() {
        assertThat(staging.site().get("/some/page").body()).contains("<!doctype html>");
    }

    @Test
    void applicationUsesItsDatabaseAndRoleOverTls() {
        var response = staging.site().get("/api/db").json();

        assertThat(response.path("user").asText()).isEqualTo(database.name());
        assertThat(response.path("database").asText()).isEqualTo(database.name());
        assertThat(response.path("tls").asBoolean()).isTrue();
    }

    @Test
    void stagingRunsTheApplicationInProductionMode() {
        assertThat(staging.site().get("/api/whoami").json().path("tier").asText())
                .isEqualTo("production");
    }

    @Test
    void kubectlGetShowsAReadyEnvironment() {
        assertThat(PrinterColumns.of(staging))
                .containsEntry("TIER", "staging")
                .containsEntry("IMAGE", "recordsponge/expungeservice:staging")
                .containsEntry("READY", "True")
                .containsEntry("REASON", "Running")
                .containsEntry("URL", "https://" + staging.host())
                .containsEntry("DATABASE", "True")
                .containsEntry("CERTIFICATE", "True");
    }

    @Test
    void kubectlWaitReturnsForAReadyEnvironment() {
        assertThat(cluster.kubectl("wait", "--for=condition=Ready", "recordsponge/" + staging.name(), "--timeout=10s"))
                .contains("condition met");
    }
}
