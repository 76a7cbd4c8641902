package com.recordsponge.operator.support;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds ports that are free for TCP and UDP. They are below those that Linux gives to outgoing connections (32768 and up) and
 * below Kubernetes' node ports (30000 and up): nothing else takes one between the search and the start of its server.
 */
public final class FreePort {

    private static final int COUNT = 5_000;

    /** Forks of a test run start servers at the same time, so that each has ports of its own. */
    private static final int FIRST = 20_000 + Integer.getInteger("test.fork", 0) % 2 * COUNT;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

    /** Another port with each call. */
    public static int find() throws IOException {
        for (var tries = 0; tries < COUNT; tries++) {
            var port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port from %d to %d is free".formatted(FIRST, FIRST + COUNT - 1));
    }

    private static boolean isFree(int port) {
        try (var tcp = new ServerSocket(port);
                var udp = new DatagramSocket(port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
