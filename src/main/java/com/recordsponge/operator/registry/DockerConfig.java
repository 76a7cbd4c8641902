package com.recordsponge.operator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Credentials by registry, from Secrets of the types kubernetes.io/dockerconfigjson and kubernetes.io/dockercfg. As the
 * kubelet does, it ignores what it cannot read, and finds all entries that match, those with the longest path first.
 */
public final class DockerConfig {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Docker writes before and behind the host of a registry. */
    private static final Pattern DECORATION = Pattern.compile("^https?://|/v[12]/?$|/$");

    private static final Pattern DOCKER_HUB = Pattern.compile("^(index\\.docker\\.io|registry-1\\.docker\\.io)(?=/|$)");

    /** What is shown to one registry at most: each costs a login. */
    static final int MOST = 8;

    private final List<Entry> entries = new ArrayList<>();

    /** @param key host and optional path */
    private record Entry(String key, Credential credential) {}

    /** Adds what a Secret of imagePullSecrets holds; of entries for the same path, those of earlier Secrets come first. */
    public void add(Map<String, byte[]> secret) {
        read(secret.get(".dockerconfigjson"))
                .map(config -> config.path("auths"))
                .ifPresent(this::addEntries);
        read(secret.get(".dockercfg")).ifPresent(this::addEntries);
    }

    private static Optional<JsonNode> read(byte[] json) {
        try {
            return json == null ? Optional.empty() : Optional.ofNullable(JSON.readTree(json));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void addEntries(JsonNode auths) {
        auths.properties().forEach(entry -> credential(entry.getValue())
                .ifPresent(credential -> entries.add(new Entry(normalized(entry.getKey()), credential))));
    }

    private static String normalized(String key) {
        var bare = DECORATION.matcher(key).replaceAll("");
        return DOCKER_HUB.matcher(bare).replaceFirst(ImageReference.DOCKER_HUB);
    }

    /** A credential in the form of Docker's configuration file; empty if the entry has none. */
    static Optional<Credential> credential(JsonNode entry) {
        var token = text(entry, "identitytoken");
        var username = text(entry, "username");
        var password = text(entry, "password");
        if (username.isEmpty() && password.isEmpty()) {
            var pair = decoded(text(entry, "auth")).split(":", 2);
            username = pair[0];
            password = pair.length < 2 ? "" : pair[1];
        }
        return Optional.of(new Credential(username, password, token)).filter(found -> !found.isNone());
    }

    private static String text(JsonNode entry, String field) {
        return entry.path(field).asText("");
    }

    private static String decoded(String auth) {
        try {
            return new String(Base64.getDecoder().decode(auth.strip()), UTF_8).replaceAll("\0+$", "");
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /** The credentials for an image, in the order in which to try them. */
    public List<Credential> find(ImageReference image) {
        return entries.stream()
                .filter(entry -> matches(entry.key(), image))
                .sorted(Comparator.comparing((Entry entry) -> entry.key().length())
                        .reversed())
                .map(Entry::credential)
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static boolean matches(String key, ImageReference image) {
        var parts = key.split("/", 2);
        return hostMatches(parts[0], image.registry())
                && (parts.length < 2 || (image.repository() + "/").startsWith(parts[1] + "/"));
    }

    /** A {@code *} in a host stands for a part of one label. */
    private static boolean hostMatches(String pattern, String host) {
        return pattern.equals(host)
                || pattern.contains("*")
                        && Pattern.matches(Pattern.quote(pattern).replace("*", "\\E[^.]*\\Q"), host);
    }
}
