package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.EnvironmentFixture;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address pods connect to, and with which environment variables. */
class DatabaseConnectionTest {

    private static DatabaseConnection connection(EnvironmentFixture environment) {
        return DatabaseObjects.connection(environment.plan()).orElseThrow();
    }

    private static Map<String, String> variables(EnvironmentFixture environment) {
        return connection(environment).variables();
    }

    @Test
    void podsReachAnIpv4AddressThroughAService() {
        var environment = environment().withDatabase();
        assertThat(connection(environment).service()).hasValueSatisfying(service -> assertThat(variables(environment))
                .containsEntry("PGHOST", service + ".recordsponge.svc"));
    }

    @Test
    void podsReachAnIpv6AddressThroughAService() {
        var environment = environment().withDatabase().with("database.host", "'fd00::10'");
        assertThat(connection(environment).service()).isPresent();
        assertThat(connection(environment).endpoint()).isEqualTo("[fd00::10]:5432");
    }

    /** Pods of the former address or port keep their own Service. */
    @Test
    void everyAddressAndPortHasAServiceOfItsOwn() {
        assertThat(List.of(
                        connection(environment().withDatabase()),
                        connection(environment().withDatabase().with("database.port", "5433")),
                        connection(environment().withDatabase().with("database.host", "10.42.0.2")),
                        connection(environment().withDatabase().with("database.host", "'fd00::10'"))))
                .extracting(DatabaseConnection::service)
                .doesNotHaveDuplicates();
    }

    @Test
    void theLongestEnvironmentNameStillFitsIntoAServiceName() {
        var service =
                connection(environment().named("s".repeat(50)).withDatabase()).service();
        assertThat(service.orElseThrow()).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void podsReachADnsNameDirectly() {
        var environment = environment().withDatabase().with("database.host", "db.internal");
        assertThat(connection(environment).service()).isEmpty();
        assertThat(variables(environment)).containsEntry("PGHOST", "db.internal");
        assertThat(connection(environment).endpoint()).isEqualTo("db.internal:5432");
    }

    /** The server's certificate names the address, not the Service of the operator. */
    @Test
    void podsReachAnAddressDirectlyWithVerifyFull() {
        var environment = environment().withVerifiedDatabase();
        assertThat(connection(environment).service()).isEmpty();
        assertThat(variables(environment)).containsEntry("PGHOST", "10.42.0.1");
    }

    @Test
    void podsUseTheServiceWithVerifyCa() {
        var environment = environment().withVerifiedDatabase().with("database.sslMode", "verify-ca");
        assertThat(connection(environment).service()).isPresent();
        assertThat(variables(environment)).containsEntry("PGSSLMODE", "verify-ca");
    }

    @Test
    void podsGetAllVariablesOfLibpq() {
        assertThat(variables(environment().withDatabase().with("database.port", "5433")))
                .containsEntry("PGPORT", "5433")
                .containsEntry("PGDATABASE", "record_expunge")
                .containsEntry("PGUSER", "app")
                .containsEntry("PGPASSWORD", "pa55word")
                .containsEntry("PGSSLMODE", "prefer")
                .doesNotContainKey("PGSSLROOTCERT");
    }

    @Test
    void podsGetTheCaFileToVerifyTheServer() {
        var variables = variables(environment().withVerifiedDatabase());
        assertThat(variables)
                .containsEntry("PGSSLMODE", "verify-full")
                .containsEntry("PGSSLROOTCERT", "/etc/recordsponge/database/ca.crt");
        assertThat(URI.create(variables.get("DATABASE_URL")).getQuery())
                .isEqualTo("sslmode=verify-full&sslrootcert=/etc/recordsponge/database/ca.crt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "p@ss:w/rd?#&%", "with space+plus", "ünïcode€", "100%41", "[a]{b}|\\^`\"<>'*~"})
    void theUrlEscapesAnyPassword(String password) {
        var environment = environment()
                .withDatabase()
                .secret("credentials", Map.of("username", "we:ird@app", "password", password));
        var url = URI.create(variables(environment).get("DATABASE_URL"));
        assertThat(url.getRawUserInfo().split(":")).hasSize(2);
        assertThat(url.getUserInfo()).isEqualTo("we:ird@app:" + password);
        assertThat(url.getHost()).isEqualTo(variables(environment).get("PGHOST"));
        assertThat(url.getPort()).isEqualTo(5432);
        assertThat(url.getPath()).isEqualTo("/record_expunge");
    }

    @Test
    void theUrlHasIpv6AddressesInBrackets() {
        var variables = variables(environment().withVerifiedDatabase().with("database.host", "'fd00::10'"));
        assertThat(variables).containsEntry("PGHOST", "fd00::10");
        assertThat(URI.create(variables.get("DATABASE_URL")).getHost()).isEqualTo("[fd00::10]");
    }

    @Test
    void theConnectionNeverPrintsItsPassword() {
        var plan = environment().withDatabase().plan();
        assertThat(DatabaseObjects.connection(plan))
                .asString()
                .contains("app", "10.42.0.1:5432")
                .doesNotContain("pa55word");
        assertThat(plan).asString().doesNotContain("pa55word");
    }
}
