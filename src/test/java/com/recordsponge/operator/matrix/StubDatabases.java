package com.recordsponge.operator.matrix;

import com.recordsponge.operator.support.MachineAddress;
import com.recordsponge.operator.support.TestPostgres;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two real PostgreSQL servers, to which the operator logs in; stub pods only look up whether they could. */
final class StubDatabases implements AutoCloseable {

    /** A DNS name of the servers' address, for the operator and for stub pods. */
    static final String HOST = "database.test";

    private final TestPostgres first = new TestPostgres();
    private final TestPostgres second = new TestPostgres();
    private final String authority = first.offerTls();
    private final Optional<String> address6;
    private final Map<String, String> passwords =
            Map.of(TestPostgres.NAME, "first password", "another", "second password");

    StubDatabases() throws IOException {
        second.offerTls();
        for (var server : new TestPostgres[] {first, second}) {
            server.setPassword(passwords.get(TestPostgres.NAME));
            server.addRole("another", passwords.get("another"));
        }
        address6 = MachineAddress.ipv6();
    }

    String address() {
        return first.address();
    }

    Optional<String> address6() {
        return address6;
    }

    int port() {
        return first.port();
    }

    int otherPort() {
        return second.port();
    }

    /** The authority of the first server's certificate, in PEM. */
    String authority() {
        return authority;
    }

    /** The data of a Secret with the credentials of a role. */
    Map<String, String> credentials(String role) {
        return Map.of("username", role, "password", passwords.get(role));
    }

    /** The role of {@link #credentials} besides {@link TestPostgres#NAME}. */
    String otherRole() {
        return "another";
    }

    /** Why a pod cannot log in; empty if it can. */
    Optional<String> loginFlaw(String user, String password) {
        return password.equals(passwords.get(user)) ? Optional.empty() : Optional.of("password of %s".formatted(user));
    }

    /** Why a pod does not reach a server; empty if it does. */
    Optional<String> serverFlaw(String host, int port) {
        var reached = (host.equals(HOST)
                        || host.equals(address())
                        || address6.filter(host::equals).isPresent())
                && Set.of(port(), otherPort()).contains(port);
        return reached ? Optional.empty() : Optional.of("nothing answers at %s:%d".formatted(host, port));
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
