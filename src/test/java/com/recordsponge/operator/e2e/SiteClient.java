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

/** Requests a site with curl, which resolves the host to this machine and trusts only the cluster's authority. */
record SiteClient(TestCluster cluster, String host) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A response; redirects are not followed. */
    record Response(int status, List<String> headerLines, String body) {

        /** The first header with a name. */
        Optional<String> header(String name) {
            var prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headerLines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        }

        /** All cookies set, with their attributes. */
        List<String> cookies() {
            return headerLines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:"))
                    .map(line -> line.substring("set-cookie:".length()).strip())
                    .toList();
        }

        /** The options that make curl send the cookies back. */
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

        private static Response parse(String text) {
            var parts = text.split("\r\n\r\n", 2);
            var head = parts[0].lines().toList();
            return new Response(
                    Integer.parseInt(head.getFirst().split(" ")[1]), head.subList(1, head.size()), parts[1]);
        }
    }

    /** Sends a request over HTTPS, and verifies the certificate. Fails without a response. */
    Response get(String path, String... curlOptions) {
        return request("https", cluster.httpsPort(), path, curlOptions);
    }

    /** The same in the background. */
    CompletableFuture<Response> getAsync(String path) {
        var response = new CompletableFuture<Response>();
        Thread.ofVirtual().start(() -> {
            try {
                response.complete(get(path));
            } catch (RuntimeException e) {
                response.completeExceptionally(e);
            }
        });
        return response;
    }

    /** Sends a request over HTTP without TLS. */
    Response getOverHttp(String path, String... curlOptions) {
        return request("http", cluster.httpPort(), path, curlOptions);
    }

    private Response request(String scheme, int port, String path, String... curlOptions) {
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
            return Response.parse(Command.run(Stream.of(options, Stream.of(curlOptions), Stream.of(url))
                    .flatMap(o -> o)
                    .toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
