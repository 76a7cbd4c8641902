package com.recordsponge.operator.support;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;

/** Addresses of this machine for servers that Kubernetes or an environment refers to: these refuse loopback addresses. */
public final class MachineAddress {

    /** The bridge of the development cluster, which ends with the cluster. */
    private static final String BRIDGE = "rse0";

    private MachineAddress() {}

    /** An IPv4 address. */
    public static String ipv4() throws IOException {
        return find(Inet4Address.class)
                .orElseThrow(() -> new IOException(
                        "This machine has no IPv4 address other than loopback and link-local addresses."));
    }

    /** An IPv6 address; empty if the machine has none that others could reach. */
    public static Optional<String> ipv6() throws IOException {
        return find(Inet6Address.class)
                .map(address -> address.replaceFirst("%.*", "").replaceFirst("(:0)+:", "::"));
    }

    private static Optional<String> find(Class<? extends InetAddress> kind) throws IOException {
        return NetworkInterface.networkInterfaces()
                .sorted(comparing(found -> found.getName().equals(BRIDGE)))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(kind::isInstance)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }
}
