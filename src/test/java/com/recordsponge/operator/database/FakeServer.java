package com.recordsponge.operator.database;

import com.recordsponge.operator.support.MachineAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that a test scripts, message by message. Each connection runs the script once. */
final class FakeServer implements AutoCloseable {

    private final ServerSocket listener;
    private final Script script;

    /** What the server does with a connection. */
    @FunctionalInterface
    interface Script {
        void run(Session session) throws Exception;
    }

    FakeServer(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getByName(MachineAddress.ipv4())), script);
    }

    FakeServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        Thread.ofPlatform().daemon().name("fake server").start(this::serve);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (var socket = listener.accept()) {
                script.run(new Session(socket));
            } catch (Exception _) {
                // The client closed the connection, or the test is over.
            }
        }
    }

    String address() {
        return listener.getInetAddress().getHostAddress();
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** One connection. */
    record Session(Socket socket, DataInputStream in, OutputStream out) {

        Session(Socket socket) throws IOException {
            this(socket, new DataInputStream(socket.getInputStream()), socket.getOutputStream());
        }

        /** Reads a message without a type: StartupMessage or SSLRequest. */
        Session readStart() throws IOException {
            in.readNBytes(in.readInt() - Integer.BYTES);
            return this;
        }

        /** Reads a message, and returns its text. */
        String read() throws IOException {
            in.readByte();
            return new String(in.readNBytes(in.readInt() - Integer.BYTES), StandardCharsets.UTF_8);
        }

        Session send(char type, byte[] body) throws IOException {
            return send(type, Integer.BYTES + body.length, body);
        }

        /** With a length that can be a lie. */
        Session send(char type, int length, byte[] body) throws IOException {
            var message = new ByteArrayOutputStream();
            var data = new DataOutputStream(message);
            data.writeByte(type);
            data.writeInt(length);
            data.write(body);
            out.write(message.toByteArray());
            return this;
        }

        Session error(String state, String message) throws IOException {
            return send('E', text("SFATAL", "C" + state, "M" + message, ""));
        }

        /** Admits anybody, as a server of a version. */
        Session admit(String version) throws IOException {
            return send('R', numbers(0))
                    .send('S', text("server_version", version))
                    .send('S', text("client_encoding", "UTF8"))
                    .send('S', text("standard_conforming_strings", "on"))
                    .send('Z', new byte[] {'I'});
        }

        /** Keeps the connection until the client closes it. */
        void hold() throws IOException {
            in.readAllBytes();
        }
    }

    static byte[] numbers(int... values) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var value : values) {
            new DataOutputStream(bytes).writeInt(value);
        }
        return bytes.toByteArray();
    }

    static byte[] text(String... values) {
        return (String.join("\0", values) + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
