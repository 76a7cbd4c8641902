package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CredentialsClusterTest extends ClusterTest {

    private final TestEnvironment environment = environment("credentials");
    private TestDatabase database;

    @BeforeAll
    void applyTheEnvironment() {
        database = database(environment);
        environment.applyStaging(database.yaml("sslMode: require"));
        environment.awaitServed();
    }

    @Test
    void aPasswordChangeRollsThePodsWithoutDowntime() {
        var generation = environment.deployment().getMetadata().getGeneration();
        var before = environment.pods().getFirst().getMetadata().getName();
        try (var probe = new AvailabilityProbe(environment.site(), "/api/hello")) {
            database.changePassword();
            eventually(() -> assertThat(environment.pods())
                    .singleElement()
                    .extracting(pod -> pod.getMetadata().getName())
                    .isNotEqualTo(before));
            environment.awaitReady();
            probe.assertAlwaysAvailable();
        }

        assertThat(environment.deployment().getMetadata().getGeneration()).isEqualTo(generation + 1);
        assertThat(environment.children(ReplicaSet.class)).hasSize(2);
        assertThat(environment.secretValue(environment.connection(), "PGPASSWORD"))
                .isEqualTo(database.password());
        assertThat(environment.site().get("/api/db").status()).isEqualTo(200);
    }
}
