package com.recordsponge.operator.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/** A connected socket as the driver uses it. Everything that the driver reads passes {@link ServerMessages}. */
final class LoginSocket extends Socket {

    private static final ScopedValue<LoginSocket> CURRENT = ScopedValue.newInstance();

    private final Socket connected;
    private final InputStream messages;

    LoginSocket(Socket connected) throws IOException {
        this.connected = connected;
        this.messages = new ServerMessages(connected.getInputStream());
    }

    /** Runs a login of the driver, with {@link Factory} as its socketFactory, over this socket. */
    <R, X extends Throwable> R call(ScopedValue.CallableOp<R, X> login) throws X {
        return ScopedValue.where(CURRENT, this).call(login);
    }

    /** Hands the driver the socket of the current login. The driver creates it by name. */
    public static final class Factory extends SocketFactory {

        @Override
        public Socket createSocket() {
            return CURRENT.get();
        }

        @Override
        public Socket createSocket(String host, int port) {
            return createSocket();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            return createSocket();
        }
    }

    @Override
    public InputStream getInputStream() {
        return messages;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return connected.getOutputStream();
    }

    /** The driver neither resolves nor connects a socket that is connected. */
    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return connected.isClosed();
    }

    @Override
    public void close() throws IOException {
        connected.close();
    }

    @Override
    public void setSoTimeout(int milliseconds) throws SocketException {
        connected.setSoTimeout(milliseconds);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return connected.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        connected.setTcpNoDelay(on);
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        connected.setKeepAlive(on);
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return connected.getSendBufferSize();
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return connected.getReceiveBufferSize();
    }
}
