package com.recordsponge.operator.registry;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.HttpTransport.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Asks one endpoint for the digest of an image's manifest: that of the index if the image is for several platforms. */
final class ManifestLookup {

    private static final String ACCEPT = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    /** Of 2016 and before. containerd does not pull them, and their digest is not that of their bytes. */
    private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1";

    /** The limit of registries for a manifest. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final int NO_BODY = 64 * 1024;

    private final RegistryConnection connection;
    private final RegistryEndpoint endpoint;
    private final RegistryLogin login;
    private final ImageReference image;
    private final Clock clock;

    ManifestLookup(
            RegistryConnection connection,
            RegistryEndpoint endpoint,
            RegistryLogin login,
            ImageReference image,
            Clock clock) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.login = login;
        this.image = image;
        this.clock = clock;
    }

    /** @param last the last reply, with which the registry can say that nothing has changed */
    RegistryReply find(Optional<RegistryReply> last) throws RegistryException {
        var etag = last.flatMap(RegistryReply::etag);
        var head = request("HEAD", NO_BODY, etag);
        if (head.status() == 304 && etag.isPresent()) {
            return last.orElseThrow();
        }
        var digest = checked(head).header("docker-content-digest");
        return found(
                digest.isPresent() ? digest.get() : sha256(checked(request("GET", MOST_BYTES, Optional.empty()))),
                head);
    }

    private static RegistryReply found(String digest, Response response) throws RegistryException {
        if (!ImageReference.isDigest(digest)) {
            throw RegistryException.unreachable(
                    "sends a digest that is no SHA-256: it is no registry, or a broken one.");
        }
        return new RegistryReply(DigestAnswer.found(digest), response.header("etag"), Optional.empty());
    }

    private Response request(String method, int mostBytes, Optional<String> etag) throws RegistryException {
        var headers = new HashMap<>(Map.of("Accept", ACCEPT));
        etag.ifPresent(mark -> headers.put("If-None-Match", mark));
        var uri = endpoint.manifest(image);
        var response = connection.follow(method, uri, headers, login.known(), mostBytes);
        return response.status() == 401
                ? connection.follow(method, uri, headers, Optional.of(login.answer(response)), mostBytes)
                : response;
    }

    private Response checked(Response response) throws RegistryException {
        switch (response.status()) {
            case 200 -> {
                if (response.header("content-type").orElse("").startsWith(SCHEMA_1)) {
                    throw RegistryException.notFound(
                            "has %s only in the format of 2016 (schema 1), which nodes do not pull. Push it with a current tool."
                                    .formatted(image));
                }
                return response;
            }
            case 401, 403 -> throw login.refused(response);
            case 404 ->
                throw RegistryException.notFound(
                        "has no image %s, or hides it from these credentials. Push it, or correct spec.image."
                                .formatted(image));
            case 429 ->
                throw new RegistryException(
                        Reason.REGISTRY_LIMIT,
                        "limits how often it is asked (429). The operator waits and asks again; credentials in spec.imagePullSecrets often have a higher limit.",
                        RetryAfter.of(response, clock));
            default ->
                throw new RegistryException(
                        Reason.REGISTRY_UNREACHABLE,
                        "answers %d.".formatted(response.status()),
                        RetryAfter.of(response, clock));
        }
    }

    private static String sha256(Response response) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(response.body());
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
