package com.recordsponge.operator.e2e;

import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A database on the PostgreSQL server, with its owner role and the Secret with the role's credentials. */
final class TestDatabase {

    private static final String PREFIX = "rse_test_";

    private final TestCluster cluster;
    private final String environment;
    private String password;

    private TestDatabase(TestCluster cluster, String environment) {
        this.cluster = cluster;
        this.environment = environment;
    }

    static TestDatabase create(TestCluster cluster, String environment) {
        var database = new TestDatabase(cluster, environment);
        sql(cluster, "CREATE ROLE %s LOGIN".formatted(database.name()));
        sql(cluster, "CREATE DATABASE %1$s OWNER %1$s".formatted(database.name()));
        database.changePassword();
        return database;
    }

    static void dropAll(TestCluster cluster) {
        sql(cluster, "SELECT datname FROM pg_database WHERE starts_with(datname, '%s')".formatted(PREFIX))
                .lines()
                .forEach(name -> sql(cluster, "DROP DATABASE %s WITH (FORCE)".formatted(name)));
        sql(cluster, "SELECT rolname FROM pg_roles WHERE starts_with(rolname, '%s')".formatted(PREFIX))
                .lines()
                .forEach(name -> sql(cluster, "DROP ROLE %s".formatted(name)));
    }

    /** The credentials of a further role that can do what the owner can. */
    Map<String, String> otherRole() {
        var other = name() + "_other";
        var secret = UUID.randomUUID().toString();
        sql(cluster, "CREATE ROLE %s LOGIN PASSWORD '%s' IN ROLE %s".formatted(other, secret, name()));
        return Map.of("username", other, "password", secret);
    }

    /** Changes the password on the server, then in the Secret. */
    void changePassword() {
        changePassword(UUID.randomUUID().toString());
    }

    /** The same with a given password. */
    void changePassword(String next) {
        password = next;
        sql(cluster, "ALTER ROLE %s PASSWORD '%s'".formatted(name(), password.replace("'", "''")));
        writeSecret(password);
    }

    /** Changes the password only in the Secret. */
    void writeSecret(String other) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName(secret())
                        .endMetadata()
                        .withStringData(Map.of("username", name(), "password", other))
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /** Makes the server log every statement of the role. */
    void logStatements() {
        sql(cluster, "ALTER ROLE %s SET log_statement = 'all'".formatted(name()));
    }

    /** The current activity of all sessions, as a superuser sees it. */
    static String activity(TestCluster cluster) {
        return sql(cluster, "SELECT row_to_json(session) FROM pg_stat_activity session");
    }

    /** The database in an environment's spec, with additional fields. */
    String yaml(String... further) {
        return "database: {host: %s, name: %s, credentialsSecretRef: {name: %s}%s}\n"
                .formatted(
                        cluster.databaseHost(),
                        name(),
                        secret(),
                        Stream.of(further).map(", "::concat).collect(Collectors.joining()));
    }

    void drop() {
        sql(cluster, "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name()));
        sql(cluster, "DROP ROLE IF EXISTS %1$s_other, %1$s".formatted(name()));
    }

    /** The name of the database and its role. */
    String name() {
        return PREFIX + environment.replace('-', '_');
    }

    /** The name of the Secret with username and password. */
    String secret() {
        return environment + "-db";
    }

    String password() {
        return password;
    }

    private static String sql(TestCluster cluster, String statement) {
        try {
            return Command.run(
                    "psql",
                    "--no-psqlrc",
                    "--quiet",
                    "--tuples-only",
                    "--no-align",
                    "--set=ON_ERROR_STOP=1",
                    "--host=" + cluster.databaseSocket(),
                    "--username=postgres",
                    "--dbname=postgres",
                    "--command=" + statement);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
