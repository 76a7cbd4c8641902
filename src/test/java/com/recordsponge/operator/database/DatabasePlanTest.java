package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The defaults of the database, which the schema does not fill in here, and when there is a connection. */
class DatabasePlanTest {

    private static Optional<DatabaseConnection> connection(EnvironmentFixture environment) {
        return DatabaseObjects.connection(environment.plan());
    }

    @Test
    void withoutADatabaseThereIsNoPlan() {
        assertThat(environment().plan().find(DatabasePlan.class)).isEmpty();
    }

    @Test
    void portAndSslModeHaveDefaults() {
        var connection = connection(environment().withDatabase()).orElseThrow();
        assertThat(connection.port()).isEqualTo(5432);
        assertThat(connection.sslMode()).isEqualTo(SslMode.PREFER);
        assertThat(connection.caCertificate()).isNull();
    }

    @Test
    void aConnectionRequiresUsableCredentials() {
        assertThat(connection(environment().withDatabase().withoutSecret("credentials")))
                .isEmpty();
        var unusable = Map.of("username", "app", "password", "pa55word\n");
        assertThat(connection(environment().withDatabase().secret("credentials", unusable)))
                .isEmpty();
    }

    @Test
    void verifyingTheServerRequiresACaCertificate() {
        assertThat(connection(environment().withVerifiedDatabase().secret("db-ca", Map.of())))
                .isEmpty();
    }
}
