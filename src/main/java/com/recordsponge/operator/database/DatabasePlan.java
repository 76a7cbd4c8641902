package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.DatabaseSpec;
import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.IpAddresses;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.SecretData;
import com.recordsponge.operator.plan.UniqueName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plan of an external database.
 *
 * @param environment its name
 * @param credentials the Secret with user name and password
 * @param ca the CA certificate; empty unless the server is verified
 * @param flaws why there is no connection: what is wrong with the Secrets of the spec
 * @param warnings what is wrong with them although there is one
 * @param connection what the spec requests; empty while the Secrets are not complete
 * @param current the connection of the present pods, or of those of a deleted Deployment; new pods get it until they get the
 *     requested one
 * @param unconnected whether running pods have no connection; new ones get none until they get the requested one
 * @param inUse whether pods already use the requested connection: then a failed login is a warning
 * @param created whether the Secret, Service and EndpointSlice of the requested connection exist
 * @param login the newest login over the requested connection; empty while the first one is in progress
 * @param formerLogin the newest login over the connection that pods keep; empty while none is known
 */
record DatabasePlan(
        String environment,
        Reference credentials,
        int port,
        Optional<PodData> ca,
        List<Blocker> flaws,
        List<Blocker> warnings,
        Optional<DatabaseConnection> connection,
        Optional<CurrentConnection> current,
        boolean unconnected,
        boolean inUse,
        boolean created,
        Optional<LoginResult> login,
        Optional<LoginResult> formerLogin) {

    /** Suffix of the names of a server's Service and EndpointSlice: a Service's name has at most 63 characters. */
    static final String SERVER_SUFFIX = "-db";

    private static final int PORT = 5432;

    /** The plan of the spec's database, before a login. */
    static Optional<DatabasePlan> of(PlanInput input) {
        return input.spec().connectedDatabase(input.namespace(), input.name()).map(spec -> {
            var current = CurrentConnection.of(input);
            var source = input.secret(spec.credentialsSecretRef().name());
            var credentials = Credentials.of(input, source, current);
            var ca = Optional.ofNullable(spec.caSecretRef())
                    .map(reference -> PodData.key(
                            input,
                            Component.DATABASE,
                            input.secret(reference.name()),
                            reference.key(),
                            SecretData::flawOfLength));
            var connection = connection(spec, input, credentials, ca);
            return new DatabasePlan(
                    input.name(),
                    source,
                    port(spec),
                    ca,
                    Stream.concat(credentials.blockers().stream(), ca.flatMap(PodData::blocker).stream())
                            .toList(),
                    Stream.concat(credentials.warnings().stream(), ca.flatMap(PodData::warning).stream())
                            .toList(),
                    connection,
                    current,
                    CurrentConnection.isNone(input),
                    connection
                            .filter(found -> ConnectionInUse.test(found, input))
                            .isPresent(),
                    connection
                            .filter(found -> ConnectionObjects.exist(found, input.environment(), input.owned()))
                            .isPresent(),
                    Optional.empty(),
                    Optional.empty());
        });
    }

    private static Optional<DatabaseConnection> connection(
            DatabaseSpec spec, PlanInput input, Credentials credentials, Optional<PodData> ca) {
        if (credentials.username().isEmpty()
                || credentials.password().isEmpty()
                || ca.flatMap(PodData::blocker).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new DatabaseConnection(
                input.namespace(),
                spec.host(),
                clientHost(spec, input),
                port(spec),
                spec.name(),
                sslMode(spec),
                ca.map(PodData::text).orElse(null),
                credentials.username().get(),
                credentials.password().get()));
    }

    /** The connections whose objects an environment needs: those of its pods before those that they are to get. */
    static Stream<DatabaseConnection> connections(EnvironmentPlan plan) {
        return plan.find(DatabasePlan.class).stream().flatMap(DatabasePlan::connections);
    }

    Stream<DatabaseConnection> connections() {
        return Stream.concat(former().stream(), usable().stream());
    }

    /** The requested connection, once a login over it has succeeded. */
    Optional<DatabaseConnection> usable() {
        return connection.filter(
                _ -> inUse || login.filter(LoginResult::loggedIn).isPresent());
    }

    /**
     * The requested connection, once new pods get it. Where pods can keep what they have, its objects must exist first: the
     * API server can refuse one, and nothing else waits for it.
     */
    Optional<DatabaseConnection> assigned() {
        return usable().filter(_ -> inUse || created || !canKeep());
    }

    /** Whether no pod gets the requested connection yet, although its login has succeeded. */
    boolean isUnused() {
        return usable().isPresent() && assigned().isEmpty();
    }

    static boolean isUnused(EnvironmentPlan plan) {
        return plan.find(DatabasePlan.class).filter(DatabasePlan::isUnused).isPresent();
    }

    /** Whether pods continue, or come back, with the connection, or the lack of one, that they had. */
    boolean canKeep() {
        return current.isPresent() || unconnected;
    }

    /** The connection of running pods, which new pods get as well until they get the requested one. */
    Optional<DatabaseConnection> former() {
        return current.filter(_ -> assigned().isEmpty()).flatMap(CurrentConnection::connection);
    }

    /** What the credentials of one of the connections came from. */
    String source(DatabaseConnection one) {
        return former().filter(one::equals).isPresent()
                ? current.orElseThrow().source()
                : PodData.describe(credentials);
    }

    DatabasePlan withLogins(Optional<LoginResult> requested, Optional<LoginResult> former) {
        return new DatabasePlan(
                environment,
                credentials,
                port,
                ca,
                flaws,
                warnings,
                connection,
                current,
                unconnected,
                inUse,
                created,
                requested,
                former);
    }

    /** The check of the Secrets of the connection. */
    static Stream<Blocker> incompleteSecrets(DatabasePlan plan, PlanInput input) {
        return plan.flaws().stream().map(plan::limited);
    }

    /** A blocker of the requested connection: running pods keep what they have, and nothing else waits. */
    Blocker limited(Blocker blocker) {
        return canKeep() ? Blocker.partial(blocker.component(), blocker.reason(), blocker.message()) : blocker;
    }

    /** Name of the Secret of the requested connection. */
    Optional<String> secretName() {
        return connection.map(requested -> ConnectionSecrets.name(environment, requested));
    }

    /** With verify-full the name that pods connect to must be the one in the server's certificate. */
    private static String clientHost(DatabaseSpec spec, PlanInput input) {
        if (!IpAddresses.isAddress(spec.host()) || sslMode(spec) == SslMode.VERIFY_FULL) {
            return spec.host();
        }
        var server = IpAddresses.canonical(spec.host()) + " " + port(spec);
        return UniqueName.of(input.namespace(), input.name(), SERVER_SUFFIX, server) + "." + input.namespace() + ".svc";
    }

    private static int port(DatabaseSpec spec) {
        return spec.port() == null ? PORT : spec.port();
    }

    private static SslMode sslMode(DatabaseSpec spec) {
        return spec.sslMode() == null ? SslMode.PREFER : spec.sslMode();
    }
}
