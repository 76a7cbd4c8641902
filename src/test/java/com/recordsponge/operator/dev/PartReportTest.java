package com.recordsponge.operator.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever answers in a supervisor's place can neither break the operator nor fill the status. */
class PartReportTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{", "\"text\"", "{\"passed\": \"many\"}", "{\"passed\": 1e400}", "\u0000"})
    void whatIsNoReportIsIgnored(String line) {
        assertThat(PartReport.parse(line)).isEmpty();
    }

    @Test
    void textIsCutToOneShortLine() {
        var report = PartReport.parse("{\"detail\": \"a\\nb \\\"%s\"}".formatted("x".repeat(3000)))
                .orElseThrow();
        assertThat(report.detail()).startsWith("a b '").hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void valuesOfAnotherFormAreDropped() {
        var report = PartReport.parse(
                        "{\"passed\": -1, \"failed\": 2, \"at\": \"yesterday\", \"unknown\": {\"a\": []}}")
                .orElseThrow();
        assertThat(report.passed()).isNull();
        assertThat(report.failed()).isEqualTo(2);
        assertThat(report.at()).isNull();
    }

    @Test
    void aLineIsReadFromWhoeverListens() throws IOException {
        assertThat(read("{}\n")).contains("{}\n");
    }

    @Test
    void anEndlessAnswerIsNotRead() throws IOException {
        assertThat(read("x".repeat(PartReport.LONGEST + 1))).isEmpty();
    }

    @Test
    void nobodyThereIsNoAnswer() throws IOException {
        int port;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertThat(ReportSocket.read(new ReportAddresses.Address("127.0.0.1", port)))
                .isEmpty();
    }

    private static Optional<String> read(String answer) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write(answer.getBytes(UTF_8));
                } catch (IOException _) {
                    // The reader has enough.
                }
            });
            return ReportSocket.read(new ReportAddresses.Address("127.0.0.1", server.getLocalPort()));
        }
    }
}
