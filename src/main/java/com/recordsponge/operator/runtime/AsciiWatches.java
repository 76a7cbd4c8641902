package com.recordsponge.operator.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.List;

/**
 * Lets the client read watches that contain characters beyond ASCII. fabric8's WatchHTTPManager decodes each chunk of a
 * response by itself, and reads the whole array behind the result: it reads NULs after a character of several bytes, and loses
 * a character that two chunks share. Both end the informer, and so stop the operator for every environment. JSON has such characters
 * only in strings, where an escape means the same (RFC 8259, section 7).
 */
final class AsciiWatches implements Interceptor {

    static final String NAME = "ascii-watches";

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        var query = request.uri().getRawQuery();
        if (query == null || !query.contains("watch=true")) {
            return consumer;
        }
        var escaping = new Escaping();
        return (chunks, body) ->
                consumer.consume(chunks.stream().map(escaping::escape).toList(), body);
    }

    /** Escapes one response, whose chunks can begin and end within a character. */
    private static final class Escaping {

        private final CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);

        private ByteBuffer begun = ByteBuffer.allocate(0);

        ByteBuffer escape(ByteBuffer chunk) {
            if (!begun.hasRemaining() && isAscii(chunk)) {
                return chunk;
            }
            var bytes = ByteBuffer.allocate(begun.remaining() + chunk.remaining())
                    .put(begun)
                    .put(chunk)
                    .flip();
            var chars = CharBuffer.allocate(bytes.remaining());
            decoder.decode(bytes, chars, false);
            begun = bytes;
            return ByteBuffer.wrap(escape(chars.flip()).getBytes(US_ASCII));
        }

        private static boolean isAscii(ByteBuffer chunk) {
            for (var index = chunk.position(); index < chunk.limit(); index++) {
                if (chunk.get(index) < 0) {
                    return false;
                }
            }
            return true;
        }

        private static String escape(CharSequence text) {
            var escaped = new StringBuilder(text.length() + 16);
            for (var index = 0; index < text.length(); index++) {
                var character = text.charAt(index);
                if (character < 128) {
                    escaped.append(character);
                } else {
                    escaped.append("\\u%04x".formatted((int) character));
                }
            }
            return escaped.toString();
        }
    }
}
