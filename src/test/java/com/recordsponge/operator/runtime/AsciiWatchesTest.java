package com.recordsponge.operator.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fabric8 makes of the chunks of a watch's response. */
class AsciiWatchesTest {

    private static final Map<String, String> EVENT =
            Map.of("message", "Grüße – „500 m²“ für 5 €, \uD83E\uDDFD\n\\ ", "plain", "text");

    /** Chunks of every size cut characters at every place. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 1000})
    void aWatchKeepsEveryCharacter(int size) throws Exception {
        var lines = readAsFabric8Does("?watch=true", Serialization.asJson(EVENT), size);

        assertThat(lines)
                .hasSize(2)
                .extracting(line -> (Object) Serialization.unmarshal(line, Map.class))
                .containsOnly(EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?limit=500"})
    void otherResponsesAreLeftAlone(String query) throws Exception {
        assertThat(readAsFabric8Does(query, "grüße", 1000)).first().asString().startsWith("grüße");
    }

    /** As WatchHTTPManager does: each chunk by itself, with the whole array behind the characters. */
    private static List<String> readAsFabric8Does(String query, String line, int size) throws Exception {
        var text = new StringBuilder();
        var request = new StandardHttpRequest.Builder()
                .uri(URI.create("https://kubernetes/apis" + query))
                .build();
        var consumer = new AsciiWatches()
                .consumer(
                        (chunks, _) -> chunks.forEach(
                                chunk -> text.append(UTF_8.decode(chunk).array())),
                        request);
        var bytes = (line + "\n" + line + "\n").getBytes(UTF_8);
        for (var from = 0; from < bytes.length; from += size) {
            consumer.consume(
                    List.of(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)))),
                    null);
        }
        return List.of(text.toString().split("\n"));
    }
}
