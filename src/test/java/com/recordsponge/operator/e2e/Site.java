package com.recordsponge.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A site as the world sees it, by curl: the name leads to this machine, and only the cluster's authority is trusted. */
record Site(TestCluster cluster, String host) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What came back; redirects are not followed. */
    record Answer(int status, List<String> headerLines, String body) {

        /** The first header of that name. */
        Optional<String> header(String name) {
            var prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headerLines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        }

        /** Every cookie that is set, with its attributes. */
        List<String> cookies() {
            return headerLines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:"))
                    .map(line -> line.substring("set-cookie:".length()).strip())
                    .toList();
        }

        /** Options for curl to send them back, as a browser does. */
        String[] withCookies() {
            return new String[] {
                "--cookie",
                cookies().stream().map(cookie -> cookie.split(";")[0]).collect(Collectors.joining("; "))
            };
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        private static Answer parse(String text) {
            var parts = text.split("\r\n\r\n", 2);
            var head = parts[0].lines().toList();
            return new Answer(Integer.parseInt(head.getFirst().split(" ")[1]), head.subList(1, head.size()), parts[1]);
        }
    }

    /** Over HTTPS, with the certificate verified. Fails when there is no answer at all. */
    Answer get(String path, String... curlOptions) {
        return request("https", cluster.httpsPort(), path, curlOptions);
    }

    /** The same beside the caller. */
    CompletableFuture<Answer> getAsync(String path) {
        var answer = new CompletableFuture<Answer>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(get(path));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Over plain HTTP. */
    Answer getPlain(String path, String... curlOptions) {
        return request("http", cluster.httpPort(), path, curlOptions);
    }

    private Answer request(String scheme, int port, String path, String... curlOptions) {
        var options = Stream.of(
                "curl",
                "--silent",
                "--show-error",
                "--include",
                "--noproxy",
                "*",
                "--max-time",
                "150",
                "--connect-timeout",
                "5",
                "--cacert",
                cluster.authority().toString(),
                "--resolve",
                "%s:%d:127.0.0.1".formatted(host, port));
        var url = "%s://%s:%d%s".formatted(scheme, host, port, path);
        try {
            return Answer.parse(Command.run(Stream.of(options, Stream.of(curlOptions), Stream.of(url))
                    .flatMap(o -> o)
                    .toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
