package com.recordsponge.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** A tag of the sample application, in the development cluster's registry, that a test moves to other images. */
record MovingTag(String tag) {

    private static final String REPOSITORY = "recordsponge/expungeservice";
    private static final String REGISTRY = "http://127.0.0.1:5000/v2/";
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    String image() {
        return REPOSITORY + ":" + tag;
    }

    /** The digest of the image behind it. */
    String digest() {
        return digest(send(get(REPOSITORY + "/manifests/" + tag)));
    }

    /** Pushes the image of another tag as this one; returns its digest. */
    String push(String other) {
        return put(manifest(REPOSITORY, other));
    }

    /** Pushes an image that is not the application's; returns its digest. */
    String pushAnotherProgram(String repository) {
        var tags = parse(send(get(repository + "/tags/list")).body()).path("tags");
        var manifest = manifest(repository, tags.get(0).asText());
        var parsed = parse(manifest);
        Stream.concat(Stream.of(parsed.path("config")), parsed.path("layers").valueStream())
                .map(blob -> blob.path("digest").asText())
                .forEach(digest -> send(HttpRequest.newBuilder(URI.create(REGISTRY
                                + REPOSITORY
                                + "/blobs/uploads/?mount=%s&from=%s".formatted(digest, repository)))
                        .POST(BodyPublishers.noBody())));
        return put(manifest);
    }

    private static byte[] manifest(String repository, String tag) {
        return send(get(repository + "/manifests/" + tag)).body();
    }

    private String put(byte[] manifest) {
        return digest(send(HttpRequest.newBuilder(URI.create(REGISTRY + REPOSITORY + "/manifests/" + tag))
                .header("Content-Type", TYPE)
                .PUT(BodyPublishers.ofByteArray(manifest))));
    }

    private static String digest(HttpResponse<?> response) {
        return response.headers().firstValue("Docker-Content-Digest").orElseThrow();
    }

    private static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create(REGISTRY + path)).header("Accept", TYPE);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("The development cluster's registry does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(byte[] json) {
        try {
            return Serialization.jsonMapper().readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
