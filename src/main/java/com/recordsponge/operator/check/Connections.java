package com.recordsponge.operator.check;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up names and opens connections within a deadline. */
public final class Connections {

    private Connections() {}

    /**
     * The addresses of a name; none if it does not resolve. In a thread of its own: a lookup cannot be interrupted, and would
     * hold the carrier of a virtual thread.
     *
     * @throws UnknownHostException if the deadline passes first
     */
    public static List<InetAddress> lookUp(String name, Deadline deadline) throws IOException {
        var lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(name)));
        Thread.ofPlatform().daemon().name("lookup of " + name).start(lookup);
        try {
            return lookup.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException _) {
            return List.of();
        } catch (TimeoutException _) {
            throw new UnknownHostException(name);
        } catch (InterruptedException _) {
            throw new InterruptedIOException();
        }
    }

    /**
     * Connects to the first address that answers.
     *
     * @throws IOException what the first address answered, if none accepts a connection
     */
    public static Socket open(List<InetAddress> addresses, int port, Deadline deadline) throws IOException {
        IOException first = null;
        for (var index = 0; index < addresses.size(); index++) {
            var socket = new Socket();
            deadline.close(socket);
            try {
                var share = deadline.left().dividedBy(addresses.size() - index).toMillis();
                socket.connect(new InetSocketAddress(addresses.get(index), port), (int) Math.max(1, share));
                socket.setSoTimeout((int) deadline.left().toMillis());
                return socket;
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }
}
