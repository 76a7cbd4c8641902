package com.recordsponge.operator.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image reference as Docker and containerd read it: without a registry it is of Docker Hub, and a name of one part is in
 * Docker Hub's {@code library}.
 *
 * @param name the reference as written, without tag and digest
 * @param registry host and, if written, port of the registry
 * @param repository path of the repository in the registry
 * @param tag empty if the reference has none
 * @param digest empty if the reference has none
 */
public record ImageReference(
        String name, String registry, String repository, Optional<String> tag, Optional<String> digest) {

    private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}");

    static final String DOCKER_HUB = "docker.io";

    private static final String OLD_DOCKER_HUB = "index.docker.io";
    private static final String OFFICIAL = "library/";
    private static final String DEFAULT_TAG = "latest";

    /** Reads a reference that matches the schema's pattern. */
    public static ImageReference parse(String text) {
        var at = text.indexOf('@');
        var digest = at < 0 ? Optional.<String>empty() : Optional.of(text.substring(at + 1));
        var named = at < 0 ? text : text.substring(0, at);
        var colon = named.lastIndexOf(':');
        var tagged = colon > named.lastIndexOf('/');
        var name = tagged ? named.substring(0, colon) : named;
        var tag = tagged ? Optional.of(named.substring(colon + 1)) : Optional.<String>empty();
        var slash = name.indexOf('/');
        if (slash < 0 || !isRegistry(name.substring(0, slash))) {
            return new ImageReference(name, DOCKER_HUB, inDockerHub(name), tag, digest);
        }
        var registry = name.substring(0, slash);
        var repository = name.substring(slash + 1);
        return registry.equals(DOCKER_HUB) || registry.equals(OLD_DOCKER_HUB)
                ? new ImageReference(name, DOCKER_HUB, inDockerHub(repository), tag, digest)
                : new ImageReference(name, registry, repository, tag, digest);
    }

    /** The first part of a name is a registry if no repository of Docker Hub can have that name. */
    private static boolean isRegistry(String part) {
        return part.contains(".")
                || part.contains(":")
                || part.equals("localhost")
                || !part.equals(part.toLowerCase(Locale.ROOT));
    }

    private static String inDockerHub(String repository) {
        return repository.contains("/") ? repository : OFFICIAL + repository;
    }

    /** What identifies the image in its repository, as a request for its manifest does. */
    public String tagOrDigest() {
        return digest.or(() -> tag).orElse(DEFAULT_TAG);
    }

    /** The image of a digest in the same repository, as pods can pull it. */
    public ImageReference withDigest(String other) {
        return new ImageReference(name, registry, repository, Optional.empty(), Optional.of(other));
    }

    /** Whether a text is a digest of a manifest: SHA-256, which all registries use. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Whether both are of one repository, however their names are spelled. */
    public boolean isOfRepositoryOf(ImageReference other) {
        return registry.equals(other.registry) && repository.equals(other.repository);
    }

    /** The image by its tag, for messages. */
    @Override
    public String toString() {
        return name + tag.map(":"::concat).orElse("") + digest.map("@"::concat).orElse("");
    }
}
