package com.recordsponge.operator.support;

import static com.recordsponge.operator.support.Patience.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real registry, with TLS and a user {@value #USER}, on this machine. */
public final class TestRegistry implements AutoCloseable {

    public static final String USER = "me";
    public static final String PASSWORD = "pa:55word";

    private static final Pattern ACCESS = Pattern.compile("\\] \"([^\"]*)\" (\\d{3}) ");

    /** bcrypt of the password. */
    private static final String HTPASSWD = USER + ":$2b$05$abcdefghijklmnopqrstuu4QmwyE4.JI7I0YFoe6FOr7QR9OhR8fm\n";

    private final Path folder;
    private final int port = FreePort.find();
    private Process process;

    /** @param folder has the certificate {@code tls.crt} for 127.0.0.1 and its key {@code tls.key} */
    public TestRegistry(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("htpasswd"), HTPASSWD);
        Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                log: {level: error}
                storage:
                  filesystem: {rootdirectory: %1$s/data}
                http:
                  addr: 127.0.0.1:%2$d
                  tls: {certificate: %1$s/tls.crt, key: %1$s/tls.key}
                auth:
                  htpasswd: {realm: test, path: %1$s/htpasswd}
                """.formatted(folder, port));
        start();
    }

    /** Starts it, again after {@link #close}. */
    public void start() throws IOException {
        process = new ProcessBuilder(
                        "docker-registry",
                        "serve",
                        folder.resolve("registry.yml").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        await().ignoreExceptions()
                .until(() -> !curl("https://%s/v2/".formatted(host())).isEmpty());
    }

    private Path log() {
        return folder.resolve("registry.log");
    }

    /** What it was asked, and the status of its answer, such as {@code HEAD /v2/app/manifests/tag HTTP/1.1 200}. */
    public List<String> requests() throws IOException {
        return Files.readAllLines(log()).stream()
                .map(ACCESS::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1) + " " + line.group(2))
                .toList();
    }

    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Pushes an image with the given text as its configuration, and returns its digest. */
    public String push(String repository, String tag, String text) throws IOException {
        var blob = Files.writeString(folder.resolve("blob"), "{\"comment\":\"%s\"}".formatted(text));
        var hash = Command.run("sha256sum", blob.toString()).substring(0, 64);
        var location = header(
                curl("-X", "POST", "-D-", "https://%s/v2/%s/blobs/uploads/".formatted(host(), repository)), "location");
        curl("-X", "PUT", "-T", blob.toString(), "%s&digest=sha256:%s".formatted(location, hash));
        var manifest = Files.writeString(folder.resolve("manifest"), """
                {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "layers": [], "config":
                {"mediaType": "application/vnd.oci.image.config.v1+json", "size": %d, "digest": "sha256:%s"}}
                """.formatted(Files.size(blob), hash));
        return header(
                put(manifest, "application/vnd.oci.image.manifest.v1+json", repository, tag), "docker-content-digest");
    }

    /** Pushes an index of one pushed image, and returns its digest. */
    public String pushIndex(String repository, String tag, String image) throws IOException {
        var size = Files.size(folder.resolve("manifest"));
        var index = Files.writeString(folder.resolve("index"), """
                {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [
                {"mediaType": "application/vnd.oci.image.manifest.v1+json", "size": %d, "digest": "%s",
                 "platform": {"os": "linux", "architecture": "amd64"}}]}
                """.formatted(size, image));
        return header(put(index, "application/vnd.oci.image.index.v1+json", repository, tag), "docker-content-digest");
    }

    private String put(Path file, String type, String repository, String tag) throws IOException {
        return curl(
                "-D-",
                "-H",
                "Content-Type: " + type,
                "-T",
                file.toString(),
                "https://%s/v2/%s/manifests/%s".formatted(host(), repository, tag));
    }

    private String curl(String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of("curl", "-sSf", "--cacert", folder.resolve("tls.crt").toString(), "-u", USER + ":" + PASSWORD));
        command.addAll(List.of(arguments));
        return Command.run(command.toArray(String[]::new));
    }

    private static String header(String response, String name) {
        return response.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
