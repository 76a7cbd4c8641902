package com.recordsponge.operator.plan;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** IP address literals. */
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

    /** Whether the text is an IPv6 address. */
    public static boolean isIpv6(String text) {
        return text.contains(":");
    }
}
