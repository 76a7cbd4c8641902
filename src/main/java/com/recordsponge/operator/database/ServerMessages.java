package com.recordsponge.operator.database;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a server sends during a login, message by message, with bounds on all that the driver believes: it allocates the length
 * that a message or a column claims, and derives a key in as many rounds as the server says.
 *
 * <p>Source: PostgreSQL documentation, chapter "Message Formats".
 */
final class ServerMessages extends InputStream {

    /** Bytes of one message. A login's longest is an error with all its fields: a few kilobytes. */
    static final int LONGEST = 64 * 1024;

    /** Bytes of all messages of a login. */
    static final int MOST = 1024 * 1024;

    /** Rounds of SCRAM. PostgreSQL's default is 4,096; a million takes about a second. */
    static final int MOST_ROUNDS = 1_000_000;

    private static final int HEADER = 5;

    /** The length of a column without a value. */
    private static final int NULL = -1;

    private static final int SASL_CONTINUE = 11;

    /** AuthenticationOk, those with a password, and SCRAM's three. Kerberos and SSPI would leave these bounds. */
    private static final Set<Integer> AUTHENTICATION = Set.of(0, 3, 5, 10, SASL_CONTINUE, 12);

    private static final Pattern ROUNDS = Pattern.compile("(^|,)i=(?<rounds>[0-9]+)");

    private final InputStream server;
    private byte[] message = {};
    private int position;
    private long total;

    ServerMessages(InputStream server) {
        this.server = server;
    }

    /** A server that does not keep to the bounds. */
    static final class UnexpectedMessageException extends IOException {

        private static final long serialVersionUID = 1;

        UnexpectedMessageException(String message) {
            super(message);
        }
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : message[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        var count = Math.min(length, message.length - position);
        System.arraycopy(message, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return message.length - position;
    }

    private boolean isAtEnd() throws IOException {
        return position == message.length && !readMessage();
    }

    private boolean readMessage() throws IOException {
        var header = server.readNBytes(HEADER);
        if (header.length == 0) {
            return false;
        }
        if (header.length < HEADER) {
            throw new EOFException();
        }
        var length = ByteBuffer.wrap(header).getInt(1);
        total += length;
        if (length < Integer.BYTES || length > LONGEST || total > MOST) {
            throw new UnexpectedMessageException("its answer has a wrong length or is too long");
        }
        var next = Arrays.copyOf(header, 1 + length);
        if (server.readNBytes(next, HEADER, length - Integer.BYTES) < length - Integer.BYTES) {
            throw new EOFException();
        }
        var body = ByteBuffer.wrap(next, HEADER, length - Integer.BYTES);
        switch (header[0]) {
            case 'R' -> checkAuthentication(body);
            case 'D' -> checkRow(body);
            default -> {}
        }
        message = next;
        position = 0;
        return true;
    }

    private static void checkAuthentication(ByteBuffer body) throws IOException {
        var method = body.remaining() < Integer.BYTES ? -1 : body.getInt();
        if (!AUTHENTICATION.contains(method)) {
            throw new UnexpectedMessageException("it requires an authentication other than by password");
        }
        var rounds = method == SASL_CONTINUE ? ROUNDS.matcher(StandardCharsets.US_ASCII.decode(body)) : null;
        if (rounds != null && rounds.find() && !isModerate(rounds.group("rounds"))) {
            throw new UnexpectedMessageException("it requires too many rounds of SCRAM");
        }
    }

    private static boolean isModerate(String rounds) {
        return rounds.length() <= 7 && Integer.parseInt(rounds) <= MOST_ROUNDS;
    }

    private static void checkRow(ByteBuffer body) throws IOException {
        var columns = body.remaining() < Short.BYTES ? -1 : body.getShort();
        for (var column = 0; column < columns; column++) {
            var length = body.remaining() < Integer.BYTES ? Integer.MAX_VALUE : body.getInt();
            if (length < NULL || length > body.remaining()) {
                throw new UnexpectedMessageException("its answer has a wrong length");
            }
            body.position(body.position() + Math.max(0, length));
        }
        if (columns < 0 || body.hasRemaining()) {
            throw new UnexpectedMessageException("its answer has a wrong length");
        }
    }
}
