package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.IpAddresses;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    static List<InetAddress> of(DatabaseConnection connection, LoginDeadline deadline) throws IOException {
        var all = IpAddresses.isAddress(connection.host())
                ? List.of(InetAddress.ofLiteral(connection.host()))
                : resolve(connection, deadline);
        return permitted(all);
    }

    /** Those of a name's addresses that pods may connect to. */
    static List<InetAddress> permitted(List<InetAddress> all) throws ForbiddenAddressException {
        var permitted = all.stream()
                .filter(ServerAddresses::isPermitted)
                .distinct()
                .limit(MOST)
                .toList();
        if (permitted.isEmpty()) {
            throw new ForbiddenAddressException(all);
        }
        return permitted;
    }

    /**
     * The rule of {@code spec.database.host} for addresses, here for those behind a name: none of the pod itself, and none of
     * the link, where clouds have their metadata service.
     */
    private static boolean isPermitted(InetAddress address) {
        return !(address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress());
    }

    private static List<InetAddress> resolve(DatabaseConnection connection, LoginDeadline deadline) throws IOException {
        for (var name : PodNames.of(connection.host(), connection.namespace(), resolvConf())) {
            var found = lookUp(name, deadline);
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

    /** In a thread of its own: a lookup cannot be interrupted, and would hold the carrier of a virtual thread. */
    private static List<InetAddress> lookUp(String name, LoginDeadline deadline) throws IOException {
        var lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(name)));
        Thread.ofPlatform().daemon().name("lookup of " + name).start(lookup);
        try {
            return lookup.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException _) {
            return List.of();
        } catch (TimeoutException _) {
            throw new UnknownHostException(name);
        } catch (InterruptedException _) {
            throw new InterruptedIOException();
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
