package com.recordsponge.operator.faults;

import com.recordsponge.operator.support.MachineAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts logins, and closes each connection at once. */
final class RefusingServer implements AutoCloseable {

    static final String CREDENTIALS = "credentials";

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName(MachineAddress.ipv4()));
    private final AtomicInteger logins = new AtomicInteger();

    RefusingServer() throws IOException {
        Thread.ofVirtual().name("refusing server").start(this::serve);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (var _ = listener.accept()) {
                logins.incrementAndGet();
            } catch (IOException _) {
                // The test is over.
            }
        }
    }

    int logins() {
        return logins.get();
    }

    /** The line of an environment's spec that names it. */
    String spec() {
        return "database: {host: %s, port: %d, name: site, credentialsSecretRef: {name: %s}}"
                .formatted(listener.getInetAddress().getHostAddress(), listener.getLocalPort(), CREDENTIALS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
