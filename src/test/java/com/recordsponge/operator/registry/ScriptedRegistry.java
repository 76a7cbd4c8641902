package com.recordsponge.operator.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.net.ssl.SSLServerSocket;

/** A registry with TLS that does what a test tells it to, also what no HTTP server does. */
final class ScriptedRegistry implements AutoCloseable {

    /** A digest, as registries send it. */
    static final String DIGEST = "sha256:" + "d".repeat(64);

    private final SSLServerSocket socket;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<Request, Script> script = _ -> found(DIGEST);

    ScriptedRegistry(TlsIdentity identity) throws IOException, GeneralSecurityException {
        socket = (SSLServerSocket) identity.context()
                .getServerSocketFactory()
                .createServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    /** @param headers by name in lower case */
    record Request(String method, String target, Map<String, String> headers, String body) {

        String authorization() {
            return headers.getOrDefault("authorization", "");
        }
    }

    /** Writes a response; the connection is closed after it. */
    @FunctionalInterface
    interface Script {
        void write(OutputStream output) throws IOException;
    }

    void answer(Function<Request, Script> requested) {
        script = requested;
    }

    void always(Script same) {
        script = _ -> same;
    }

    /** All requests so far. */
    List<Request> requests() {
        return requests;
    }

    String host() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    static Script found(String digest) {
        return response(200, "Docker-Content-Digest: " + digest);
    }

    static Script response(int status, String... headers) {
        return output -> output.write(head(status, headers, "Content-Length: 0"));
    }

    static Script body(int status, String body, String... headers) {
        return output -> {
            output.write(head(status, headers, "Content-Length: " + body.length()));
            output.write(body.getBytes(ISO_8859_1));
        };
    }

    /** A body that never ends, a space at a time. */
    static Script dripping() {
        return output -> {
            output.write(head(200, new String[0]));
            while (true) {
                output.write(' ');
                output.flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        };
    }

    /** A body that never ends, as fast as it is read. */
    static Script endless(String header) {
        var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        return output -> {
            output.write(head(200, new String[] {header}));
            while (true) {
                output.write(chunk.getBytes());
            }
        };
    }

    /** Writes the start of a response with a body that ends only with the connection. */
    static byte[] head(int status, String[] headers, String... more) {
        var lines = new ArrayList<String>();
        lines.add("HTTP/1.1 %d Scripted".formatted(status));
        lines.addAll(List.of(headers));
        lines.addAll(List.of(more));
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1);
    }

    /** Never answers. */
    Script silence() {
        return _ -> awaitClose();
    }

    private void awaitClose() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var request = read(new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1)));
            requests.add(request);
            var output = connection.getOutputStream();
            script.apply(request).write(output);
            output.flush();
        } catch (IOException _) {
            // The client closed the connection.
        }
    }

    private static Request read(BufferedReader reader) throws IOException {
        var start = reader.readLine();
        if (start == null) {
            throw new IOException("no request");
        }
        var headers = new LinkedHashMap<String, String>();
        for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            var parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        var body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
        for (var read = 0; read < body.length; ) {
            read += reader.read(body, read, body.length - read);
        }
        return new Request(start.split(" ")[0], start.split(" ")[1], headers, new String(body));
    }

    /** A registries file that trusts this registry, and asks it for images of Docker Hub. */
    Path configuration(Path folder) throws IOException {
        return Files.writeString(folder.resolve("registries.yaml"), """
                mirrors:
                  docker.io: {endpoint: ["https://%1$s"]}
                configs:
                  "%1$s": {tls: {ca_file: tls.crt}}
                """.formatted(host()));
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
