package com.recordsponge.operator.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.recordsponge.operator.plan.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The API server's audit log, with every request that it answered. */
public final class AuditLog {

    static final String POLICY = """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules: [{level: Metadata}]
      """;

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    AuditLog(Path file) {
        this.file = file;
    }

    /** The current end of the log, to read from later. */
    public long mark() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operator's requests since a mark, as {@code verb resource/name}, except for leases and watches. */
    public List<String> operatorRequests(long mark) {
        return operatorEntries(mark)
                .map(entry -> "%s %s/%s"
                        .formatted(
                                entry.path("verb").asText(),
                                entry.at("/objectRef/resource").asText(),
                                entry.at("/objectRef/name").asText()))
                .toList();
    }

    private Stream<JsonNode> operatorEntries(long mark) {
        return entries(mark).stream()
                .filter(entry -> entry.path("userAgent").asText().startsWith(Labels.MANAGER))
                .filter(entry -> entry.path("stage").asText().equals("ResponseComplete"))
                .filter(entry -> !entry.path("verb").asText().equals("watch"))
                .filter(entry -> !entry.at("/objectRef/resource").asText().equals("leases"));
    }

    /** The URIs of the operator's lists and watches of one resource since a mark. */
    public List<String> operatorReads(long mark, String resource) {
        return entries(mark).stream()
                .filter(entry -> entry.path("userAgent").asText().startsWith(Labels.MANAGER))
                .filter(entry ->
                        Set.of("list", "watch").contains(entry.path("verb").asText()))
                .filter(entry -> entry.at("/objectRef/resource").asText().equals(resource))
                .map(entry -> entry.path("requestURI").asText())
                .toList();
    }

    /** The operator's writes since a mark. */
    public List<String> operatorWrites(long mark) {
        return operatorRequests(mark).stream()
                .filter(request -> WRITES.contains(request.split(" ")[0]))
                .toList();
    }

    /** The operator's writes in a namespace since a time, as {@code verb resource/name status}, in order. */
    public SortedMap<Instant, String> operatorWrites(String namespace, Instant since) {
        var writes = new TreeMap<Instant, String>();
        operatorEntries(0)
                .filter(entry -> WRITES.contains(entry.path("verb").asText()))
                .filter(entry -> entry.at("/objectRef/namespace").asText().equals(namespace))
                .forEach(entry -> writes.put(
                        Instant.parse(entry.path("requestReceivedTimestamp").asText()),
                        "%s %s/%s %d"
                                .formatted(
                                        entry.path("verb").asText(),
                                        entry.at("/objectRef/resource").asText(),
                                        entry.at("/objectRef/name").asText(),
                                        entry.at("/responseStatus/code").asInt())));
        return writes.tailMap(since);
    }

    /** When the API server received the operator's first write since a mark, except for leases; empty if there is none yet. */
    public Optional<Instant> firstOperatorWrite(long mark) {
        return operatorEntries(mark)
                .filter(entry -> WRITES.contains(entry.path("verb").asText()))
                .map(entry ->
                        Instant.parse(entry.path("requestReceivedTimestamp").asText()))
                .min(Comparator.naturalOrder());
    }

    /** The permissions that a service account's requests needed, granted or not. */
    public Set<Permission> permissionsUsed(String namespace, String serviceAccount) {
        var user = "system:serviceaccount:%s:%s".formatted(namespace, serviceAccount);
        return entries(0).stream()
                .filter(entry -> entry.at("/user/username").asText().equals(user))
                .filter(entry -> entry.has("objectRef"))
                .flatMap(AuditLog::permissions)
                .collect(Collectors.toSet());
    }

    /** A server-side apply that creates the object needs the permission to create as well as to patch. */
    private static Stream<Permission> permissions(JsonNode entry) {
        var object = entry.path("objectRef");
        var resource = object.path("resource").asText()
                + (object.has("subresource") ? "/" + object.path("subresource").asText() : "");
        var requested = new Permission(
                object.path("namespace").asText(Permission.EVERYWHERE),
                object.path("apiGroup").asText(""),
                resource,
                entry.path("verb").asText());
        var created = entry.at("/responseStatus/code").asInt() == HttpURLConnection.HTTP_CREATED;
        return created ? Stream.of(requested, requested.to("create")) : Stream.of(requested);
    }

    private List<JsonNode> entries(long mark) {
        try (var channel = Files.newByteChannel(file)) {
            channel.position(mark);
            var bytes = new byte[(int) (channel.size() - mark)];
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Continue.
            }
            var text = new String(bytes, StandardCharsets.UTF_8);
            // The API server may be writing the last line.
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(AuditLog::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
