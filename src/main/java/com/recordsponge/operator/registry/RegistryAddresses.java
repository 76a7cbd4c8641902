package com.recordsponge.operator.registry;

import com.recordsponge.operator.check.Connections;
import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.plan.IpAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The IP addresses behind the name of a registry or its token server. */
final class RegistryAddresses {

    private RegistryAddresses() {}

    /**
     * Those that the operator may connect to. An environment must not make it send requests to itself, or to the link,
     * where clouds have their metadata service.
     *
     * @param configured whether the cluster's administrator named the host: then every address is permitted
     */
    static List<InetAddress> of(String host, boolean configured, Deadline deadline) throws IOException {
        var addresses = Connections.lookUp(host, deadline);
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        var permitted = addresses.stream()
                .filter(address -> configured || IpAddresses.isElsewhere(address))
                .toList();
        if (permitted.isEmpty()) {
            throw new ExchangeException(
                    "is at an address of the machine itself or of its link, where the operator does not ask");
        }
        return permitted;
    }
}
