package com.recordsponge.operator.support;

import java.io.IOException;
import java.net.ServerSocket;

/** Finds a free TCP port. */
public final class FreePort {

    private FreePort() {}

    public static int find() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
