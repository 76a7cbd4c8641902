package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.support.DefaultSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a login goes, and where pods may go after it. */
class ServerAddressesTest {

    private static DatabaseConnection at(String host) {
        return DatabaseObjects.connection(environment()
                        .withDatabase()
                        .with("database.host", "'" + host + "'")
                        .plan())
                .orElseThrow();
    }

    private static List<InetAddress> addresses(String host) throws IOException {
        try (var deadline = new Deadline(Duration.ofSeconds(10))) {
            return ServerAddresses.of(at(host), deadline);
        }
    }

    @Test
    void anIpAddressResolvesToItself() throws IOException {
        assertThat(addresses("10.42.0.1")).containsExactly(InetAddress.ofLiteral("10.42.0.1"));
        assertThat(addresses("2001:DB8:0:0:0:0:0:1")).containsExactly(InetAddress.ofLiteral("2001:db8::1"));
    }

    /** No egress is opened for them, and no password is sent to them. */
    @Test
    void aNameOfThePodItselfIsRefusedWithASentence() {
        var result = new PostgresLogin(new DefaultSettings()).tryLogin(at("localhost"));
        assertThat(result.reason()).isEqualTo(Reason.DNS_FAILED);
        assertThat(result.message())
                .contains("localhost has only addresses that no pod may connect to")
                .contains("127.0.0.1");
    }

    /** A DNS record must not open egress to the cloud's metadata service. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "::1", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "ff02::1"})
    void addressesThatPodsMustNotReachAreLeftOut(String address) throws IOException {
        var forbidden = InetAddress.ofLiteral(address);
        var server = InetAddress.ofLiteral("10.42.0.1");
        assertThat(ServerAddresses.permitted(List.of(forbidden, server))).containsExactly(server);
        assertThatThrownBy(() -> ServerAddresses.permitted(List.of(forbidden)))
                .isInstanceOf(ServerAddresses.ForbiddenAddressException.class);
    }

    @Test
    void thereIsABoundOnTheAddressesOfAName() throws IOException {
        var many = IntStream.range(0, 1000)
                .mapToObj(index -> InetAddress.ofLiteral("10.0.%d.%d".formatted(index / 256, index % 256)))
                .toList();
        assertThat(ServerAddresses.permitted(many)).hasSize(ServerAddresses.MOST);
    }

    @Test
    void anUnknownNameIsAFailure() {
        assertThatThrownBy(() -> addresses("nowhere.invalid")).isInstanceOf(UnknownHostException.class);
    }
}
