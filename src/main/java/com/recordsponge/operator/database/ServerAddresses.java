package com.recordsponge.operator.database;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** The IP addresses behind a server's name. */
final class ServerAddresses {

    private ServerAddresses() {}

    /** Sorted, IPv6 as RFC 5952 writes it. Queries DNS for a name; returns an address as it is. */
    static List<String> of(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(NetUtil::toAddressString)
                .distinct()
                .sorted()
                .toList();
    }
}
