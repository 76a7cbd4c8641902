package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.check.Connections;
import com.recordsponge.operator.check.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.ssl.NonValidatingFactory;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/**
 * Connects to a server and starts TLS. Not the driver's part, since it would resolve the name in the operator's namespace, and
 * since what it reads over TLS must be bounded, too.
 *
 * <p>Source: PostgreSQL documentation, chapter "Message Flow", section "SSL Session Encryption".
 */
final class ServerSockets {

    /** SSLRequest: its length and its code. */
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private ServerSockets() {}

    /**
     * Connects to the first address that answers.
     *
     * @param encrypted whether to request TLS
     */
    static LoginSocket open(
            DatabaseConnection connection, List<InetAddress> addresses, boolean encrypted, Deadline deadline)
            throws IOException, GeneralSecurityException {
        var socket = Connections.open(addresses, connection.port(), deadline);
        return new LoginSocket(encrypted ? encrypt(socket, connection) : socket);
    }

    private static Socket encrypt(Socket socket, DatabaseConnection connection)
            throws IOException, GeneralSecurityException {
        socket.getOutputStream().write(SSL_REQUEST);
        return switch (socket.getInputStream().read()) {
            case 'S' -> handshake(socket, connection);
            case 'N' -> {
                if (connection.sslMode() != SslMode.PREFER) {
                    throw new SSLException("the server does not support TLS");
                }
                yield socket;
            }
            case -1 -> throw new EOFException();
            default -> throw new SSLException("the server does not answer a request for TLS");
        };
    }

    private static Socket handshake(Socket socket, DatabaseConnection connection)
            throws IOException, GeneralSecurityException {
        var tls = (SSLSocket) factory(connection).createSocket(socket, connection.host(), connection.port(), true);
        tls.startHandshake();
        if (connection.sslMode() == SslMode.VERIFY_FULL
                && !PGjdbcHostnameVerifier.INSTANCE.verify(connection.host(), tls.getSession())) {
            throw new SSLPeerUnverifiedException("the server's certificate does not name " + connection.host());
        }
        return tls;
    }

    private static SSLSocketFactory factory(DatabaseConnection connection)
            throws IOException, GeneralSecurityException {
        return connection.caCertificate() == null
                ? new NonValidatingFactory(null)
                : new CaBundleSocketFactory(connection.caCertificate());
    }
}
