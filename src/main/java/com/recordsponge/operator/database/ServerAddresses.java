package com.recordsponge.operator.database;

import com.recordsponge.operator.check.Connections;
import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.plan.IpAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The IP addresses behind a server's name, as a pod of the environment's namespace resolves it. */
final class ServerAddresses {

    /** More than any database server has; each becomes a rule of the NetworkPolicy. */
    static final int MOST = 16;

    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private ServerAddresses() {}

    /**
     * Those that pods may connect to, in the order of DNS, at most {@value #MOST}.
     *
     * @throws ForbiddenAddressException if the name has others only
     */
    static List<InetAddress> of(DatabaseConnection connection, Deadline deadline) throws IOException {
        var all = IpAddresses.isAddress(connection.host())
                ? List.of(InetAddress.ofLiteral(connection.host()))
                : resolve(connection, deadline);
        return permitted(all);
    }

    /** Those of a name's addresses that pods may connect to, by the rule of {@code spec.database.host} for addresses. */
    static List<InetAddress> permitted(List<InetAddress> all) throws ForbiddenAddressException {
        var permitted = all.stream()
                .filter(IpAddresses::isElsewhere)
                .distinct()
                .limit(MOST)
                .toList();
        if (permitted.isEmpty()) {
            throw new ForbiddenAddressException(all);
        }
        return permitted;
    }

    private static List<InetAddress> resolve(DatabaseConnection connection, Deadline deadline) throws IOException {
        for (var name : PodNames.of(connection.host(), connection.namespace(), resolvConf())) {
            var found = Connections.lookUp(name, deadline);
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new UnknownHostException(connection.host());
    }

    private static String resolvConf() throws IOException {
        try {
            return Files.readString(RESOLV_CONF);
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    /** A name that has only addresses that no pod may connect to. */
    static final class ForbiddenAddressException extends UnknownHostException {

        private static final long serialVersionUID = 1;

        private ForbiddenAddressException(List<InetAddress> addresses) {
            super(Arrays.toString(addresses.stream()
                    .limit(MOST)
                    .map(InetAddress::getHostAddress)
                    .toArray()));
        }
    }
}
