package com.recordsponge.operator.database;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** The IP addresses behind a server's name. */
final class ServerAddresses {

    private ServerAddresses() {}

    /** All of them, sorted, IPv6 as RFC 5952 writes it; an address is its own. Asks DNS for a name. */
    static List<String> of(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(NetUtil::toAddressString)
                .distinct()
                .sorted()
                .toList();
    }
}
