package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.support.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A page of a real browser, over the Chrome DevTools Protocol. It resolves every name of the sites to this machine. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_SECONDS = 60;

    private final Path profile = Files.createTempDirectory("browser");
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

    /** @param program such as chromium */
    Browser(String program) throws IOException {
        process = new ProcessBuilder(
                        program,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        // SiteClient checks certificates; the CA is not in this browser's store.
                        "--ignore-certificate-errors",
                        "--host-resolver-rules=MAP *.recordsponge.localhost 127.0.0.1",
                        "--remote-debugging-port=0",
                        "--window-size=900,500",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        var portFile = profile.resolve("DevToolsActivePort");
        await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
                .until(() ->
                        Files.exists(portFile) && Files.readAllLines(portFile).size() == 2);
        var port = Files.readAllLines(portFile).getFirst();
        var target =
                await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS)).until(() -> pages(port), pages -> !pages.isEmpty());
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(target.getFirst()), new Messages())
                .join();
    }

    private static List<String> pages(String port) throws IOException {
        try (var list = URI.create("http://127.0.0.1:%s/json/list".formatted(port))
                .toURL()
                .openStream()) {
            return JSON.readTree(list)
                    .valueStream()
                    .filter(target -> target.path("type").asText().equals("page"))
                    .map(target -> target.path("webSocketDebuggerUrl").asText())
                    .toList();
        }
    }

    void open(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    /** The value of a JavaScript expression as text. */
    String evaluate(String expression) {
        return call("Runtime.evaluate", Map.of("expression", "String(%s)".formatted(expression)))
                .at("/result/value")
                .asText();
    }

    /** The text of the page as a person sees it. */
    String text() {
        return evaluate("document.body && document.body.innerText");
    }

    /** Writes what the page looks like, as PNG. */
    void screenshot(Path file) throws IOException {
        var data = call("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        var id = calls.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    /** Assigns the browser's answers to calls. */
    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                receive(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void receive(String message) {
            try {
                var answer = JSON.readTree(message);
                var waiting = answers.remove(answer.path("id").asInt());
                if (waiting != null) {
                    waiting.complete(answer.path("result"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
