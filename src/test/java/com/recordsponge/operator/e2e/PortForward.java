package com.recordsponge.operator.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Another port of a server of this machine. */
final class PortForward implements AutoCloseable {

    private final ServerSocket listener;
    private final String host;
    private final int target;

    /**
     * @param host the address of the server, at which this listens too
     * @param target the server's own port
     */
    PortForward(String host, int target) throws IOException {
        this.host = host;
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName(host));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var outer = listener.accept();
                var inner = new Socket(host, target);
                Thread.ofVirtual().start(() -> copy(outer, inner));
                Thread.ofVirtual().start(() -> copy(inner, outer));
            } catch (IOException _) {
                // The client sees that its connection ends.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // One of them has closed it.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
