package com.recordsponge.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ServerAddressesTest {

    @Test
    void anIpAddressResolvesToItsCanonicalForm() throws UnknownHostException {
        assertThat(ServerAddresses.of("10.42.0.1")).containsExactly("10.42.0.1");
        assertThat(ServerAddresses.of("2001:DB8:0:0:0:0:0:1")).containsExactly("2001:db8::1");
    }

    @Test
    void aNameResolvesToSortedAddresses() throws UnknownHostException {
        assertThat(ServerAddresses.of("localhost")).contains("127.0.0.1").isSorted();
    }

    @Test
    void anUnknownNameIsAFailure() {
        assertThatThrownBy(() -> ServerAddresses.of("nowhere.invalid")).isInstanceOf(UnknownHostException.class);
    }
}
