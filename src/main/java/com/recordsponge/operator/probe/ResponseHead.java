package com.recordsponge.operator.probe;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Status line and headers of a response (RFC 9112).
 *
 * @param lines the lines after the status line
 */
record ResponseHead(int status, String[] lines) {

    /** More than Traefik or the application send. */
    static final int LONGEST = 16 * 1024;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (?<status>[1-5]\\d\\d)( .*)?");

    /** @throws ProtocolException if what comes is no response, or its head is too long */
    static ResponseHead read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        var buffer = new byte[1024];
        int end;
        do {
            var count = in.read(buffer);
            if (count < 0) {
                throw new EOFException();
            }
            head.write(buffer, 0, count);
            end = head.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        } while (end < 0 && head.size() < LONGEST);
        var lines = head.toString(StandardCharsets.ISO_8859_1)
                .substring(0, Math.max(end, 0))
                .split("\r\n");
        var status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new ProtocolException();
        }
        return new ResponseHead(Integer.parseInt(status.group("status")), Arrays.copyOfRange(lines, 1, lines.length));
    }

    /** The first header of that name. */
    Optional<String> header(String name) {
        var prefix = name + ":";
        return Arrays.stream(lines)
                .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }
}
