package com.recordsponge.operator.plan;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** IP addresses, and their literals. */
public final class IpAddresses {

    private IpAddresses() {}

    /** Whether the text is an IPv4 or IPv6 address; never queries DNS. */
    public static boolean isAddress(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** An address in the form of NetworkPolicies and EndpointSlices: IPv6 as RFC 5952 writes it. */
    public static String canonical(String address) {
        return NetUtil.toAddressString(InetAddress.ofLiteral(address));
    }

    /**
     * Whether an address is of neither the machine that uses it nor its link, where clouds have their metadata service: what
     * an environment names must not lead there.
     */
    public static boolean isElsewhere(InetAddress address) {
        return !(address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress());
    }

    /** Whether the text is an IPv6 address. */
    public static boolean isIpv6(String text) {
        return text.contains(":");
    }
}
