package com.recordsponge.operator.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.check.Connections;
import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.dev.ReportAddresses.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a supervisor's line, with a bound on its length and a deadline for the whole. */
final class ReportSocket {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private ReportSocket() {}

    /** What is at an address; empty if nothing answers in time, or the answer is too long. */
    static Optional<String> read(Address address) {
        try (var deadline = new Deadline(TIMEOUT);
                var socket = Connections.open(List.of(InetAddress.ofLiteral(address.ip())), address.port(), deadline)) {
            var bytes = socket.getInputStream().readNBytes(PartReport.LONGEST + 1);
            return bytes.length > PartReport.LONGEST || deadline.passed()
                    ? Optional.empty()
                    : Optional.of(new String(bytes, UTF_8));
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
