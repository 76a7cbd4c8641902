package com.recordsponge.operator.support;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A registry that has every image but those of the tag {@value #MISSING}, for operators that run as processes of their own.
 * Runs until all tests have ended.
 */
public final class StubRegistry {

    /** The tag of images that it does not have. */
    public static final String MISSING = "missing";

    /** An image whose pods never become ready. */
    public static final String BROKEN_IMAGE = "recordsponge/expungeservice:broken";

    private static StubRegistry running;

    private final Path configuration;

    private StubRegistry() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().add("Docker-Content-Digest", FakeRegistryClient.digest(path));
            exchange.sendResponseHeaders(path.endsWith("/" + MISSING) ? 404 : 200, -1);
            exchange.close();
        });
        server.start();
        configuration = Files.writeString(
                Files.createTempFile("registries", ".yaml"),
                "mirrors: {'*': {endpoint: ['http://127.0.0.1:%d']}}"
                        .formatted(server.getAddress().getPort()));
    }

    static synchronized StubRegistry get() throws IOException {
        if (running == null) {
            running = new StubRegistry();
        }
        return running;
    }

    /** Whether an image has the digest of {@link #BROKEN_IMAGE}. */
    public static boolean isBroken(String image) {
        return image.endsWith(FakeRegistryClient.digest("/v2/recordsponge/expungeservice/manifests/broken"));
    }

    /** A registries file by which every image is asked for here. */
    Path configuration() {
        return configuration;
    }
}
