package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.DatabaseSpec;
import com.recordsponge.operator.api.v1.SecretKeyRef;
import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.IpAddresses;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.SecretText;
import com.recordsponge.operator.plan.SecretValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plan of an external database.
 *
 * @param objectName name of the connection Secret, and of the Service and EndpointSlice of a server at an address
 * @param ca where the CA certificate is; null unless the server is verified
 * @param connection empty while the Secrets are not complete
 * @param inUse whether pods already use that connection: then a failed login is a warning
 * @param login the newest login over that connection; empty while the first one is in progress
 */
record DatabasePlan(
        String objectName,
        int port,
        SecretKeyRef ca,
        Optional<DatabaseConnection> connection,
        boolean inUse,
        Optional<LoginResult> login) {

    /** Suffix of the names of the connection's objects. */
    static final String SUFFIX = "-database";

    /** PostgreSQL truncates longer names (NAMEDATALEN). */
    private static final int LONGEST_ROLE = 63;

    /** DATABASE_URL, where a byte can become three, must fit in one environment variable: 128 KiB on Linux. */
    private static final int LONGEST_PASSWORD = 32 * 1024;

    private static final int PORT = 5432;

    /** The plan of the spec's database, before a login. */
    static Optional<DatabasePlan> of(PlanInput input) {
        return Optional.ofNullable(input.spec().database()).map(spec -> {
            var connection = connection(spec, input);
            return new DatabasePlan(
                    input.name() + SUFFIX,
                    spec.port() == null ? PORT : spec.port(),
                    spec.caSecretRef(),
                    connection,
                    connection
                            .filter(found -> ConnectionInUse.test(found, input))
                            .isPresent(),
                    Optional.empty());
        });
    }

    /** The connection of an environment, if its Secrets are complete. */
    static Stream<DatabaseConnection> connection(EnvironmentPlan plan) {
        return plan.find(DatabasePlan.class).flatMap(DatabasePlan::connection).stream();
    }

    DatabasePlan withLogin(Optional<LoginResult> result) {
        return new DatabasePlan(objectName, port, ca, connection, inUse, result);
    }

    /** Addresses at which a login has succeeded; none while no login over this connection is known to have. */
    List<String> addresses() {
        return login.map(LoginResult::addresses)
                .filter(addresses -> !addresses.isEmpty())
                .orElseGet(() -> connection
                        .filter(_ -> inUse)
                        .map(DatabaseConnection::host)
                        .filter(IpAddresses::isAddress)
                        .map(IpAddresses::canonical)
                        .map(List::of)
                        .orElse(List.of()));
    }

    /** The check of the Secrets of the connection. */
    static Stream<Blocker> incompleteSecrets(DatabasePlan plan, PlanInput input) {
        return values(input.spec().database(), input).flatMap(value -> value.blocker().stream());
    }

    private static Optional<DatabaseConnection> connection(DatabaseSpec spec, PlanInput input) {
        var texts = values(spec, input).map(SecretValue::text).toList();
        if (texts.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(new DatabaseConnection(
                input.namespace(),
                spec.host(),
                clientHost(spec, input),
                spec.port() == null ? PORT : spec.port(),
                spec.name(),
                sslMode(spec),
                texts.size() > 2 ? texts.get(2).orElseThrow() : null,
                texts.get(0).orElseThrow(),
                texts.get(1).orElseThrow()));
    }

    /** User name, password and, if the server is verified, the CA certificate. */
    private static Stream<SecretValue> values(DatabaseSpec spec, PlanInput input) {
        var credentials = input.secret(spec.credentialsSecretRef().name());
        return Stream.concat(
                Stream.of(
                        login(input, credentials, "username", LONGEST_ROLE),
                        login(input, credentials, "password", LONGEST_PASSWORD)),
                Stream.ofNullable(spec.caSecretRef())
                        .map(ca -> SecretValue.read(
                                input, Component.DATABASE, input.secret(ca.name()), ca.key(), _ -> Optional.empty())));
    }

    private static SecretValue login(PlanInput input, Reference credentials, String key, int longest) {
        return SecretValue.read(
                input, Component.DATABASE, credentials, key, value -> SecretText.flawOfLogin(value, longest));
    }

    /** With verify-full the name that pods connect to must be the one in the server's certificate. */
    private static String clientHost(DatabaseSpec spec, PlanInput input) {
        return IpAddresses.isAddress(spec.host()) && sslMode(spec) != SslMode.VERIFY_FULL
                ? input.name() + SUFFIX + "." + input.namespace() + ".svc"
                : spec.host();
    }

    private static SslMode sslMode(DatabaseSpec spec) {
        return spec.sslMode() == null ? SslMode.PREFER : spec.sslMode();
    }
}
