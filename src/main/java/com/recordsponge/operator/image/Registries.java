package com.recordsponge.operator.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.recordsponge.operator.check.Authorities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the nodes pull images, in the form of k3s' registries.yaml: mirrors of registries, and the credentials and
 * certificate authorities of hosts. The operator asks there too, in the same order.
 */
final class Registries {

    private static final String DOCKER_HUB_HOST = "registry-1.docker.io";
    private static final String EVERY_REGISTRY = "*";

    private final JsonNode file;
    private final Path folder;

    private Registries(JsonNode file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /** The nodes pull from each registry itself. */
    static Registries none() {
        return new Registries(new YAMLMapper().createObjectNode(), Path.of("."));
    }

    /** Reads the file that a setting names; without one the nodes pull from each registry itself. */
    static Registries of(Optional<Path> path) throws IOException {
        return path.isPresent() ? read(path.get()) : none();
    }

    /** Reads a file; relative names of certificates in it are relative to its folder. */
    static Registries read(Path path) throws IOException {
        return new Registries(
                new YAMLMapper().readTree(Files.readString(path)),
                path.toAbsolutePath().getParent());
    }

    /** Where to ask for an image of a registry, in this order; the registry itself is the last. */
    List<Endpoint> endpoints(String registry) {
        var endpoints = new ArrayList<Endpoint>();
        var mirrors = file.path("mirrors");
        var mirror = mirrors.has(registry) ? mirrors.path(registry) : mirrors.path(EVERY_REGISTRY);
        mirror.path("endpoint").forEach(url -> endpoints.add(mirror(url.asText(), registry, rewrites(mirror))));
        var host = registry.equals(ImageReference.DOCKER_HUB) ? DOCKER_HUB_HOST : registry;
        if (endpoints.stream().noneMatch(endpoint -> host.equals(endpoint.base().getAuthority()))) {
            endpoints.add(itself(registry, host));
        }
        return endpoints;
    }

    private Endpoint mirror(String url, String registry, Map<String, String> rewrites) {
        var base = URI.create(url.replaceFirst("/(v2/?)?$", "").replaceFirst("^(?!https?://)", "https://"));
        var config = file.path("configs").path(base.getAuthority());
        return new Endpoint(base, Optional.of(registry), true, rewrites, auth(config), trust(config));
    }

    private Endpoint itself(String registry, String host) {
        var configs = file.path("configs");
        var config = configs.has(host) ? configs.path(host) : configs.path(registry);
        return new Endpoint(
                URI.create("https://" + host),
                Optional.empty(),
                !config.isMissingNode(),
                Map.of(),
                auth(config),
                trust(config));
    }

    /** Whether the administrator configured the host of a URL. */
    boolean isConfigured(URI uri) {
        return file.path("configs").has(uri.getRawAuthority());
    }

    /** Which certificates to accept from the host of a URL. */
    Trust trust(URI uri) {
        return trust(file.path("configs").path(uri.getRawAuthority()));
    }

    private static Map<String, String> rewrites(JsonNode mirror) {
        return mirror.path("rewrite").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, rule -> rule.getValue().asText()));
    }

    /** k3s spells the token with an underscore, Docker without. */
    private static Optional<Credential> auth(JsonNode config) {
        var auth = config.path("auth");
        return auth.has("identity_token")
                ? Optional.of(new Credential("", "", auth.path("identity_token").asText()))
                : DockerConfig.credential(auth);
    }

    private Trust trust(JsonNode config) {
        var tls = config.path("tls");
        return new Trust(
                Optional.ofNullable(tls.path("ca_file").asText(null)).map(this::certificates),
                tls.path("insecure_skip_verify").asBoolean());
    }

    private String certificates(String name) {
        try {
            return Authorities.read(folder.resolve(name));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The registries file names %s, which cannot be read.".formatted(name), e);
        }
    }

    /**
     * One place to ask.
     *
     * @param base URL without {@code /v2}
     * @param mirrorOf the registry that it mirrors; empty for the registry itself
     * @param configured whether the cluster's administrator named it: only then can it be an address of the node
     * @param rewrites replacements for repositories, by regular expression
     * @param credential the cluster's own
     */
    record Endpoint(
            URI base,
            Optional<String> mirrorOf,
            boolean configured,
            Map<String, String> rewrites,
            Optional<Credential> credential,
            Trust trust) {

        /** The URL of an image's manifest. */
        URI manifest(ImageReference image) {
            return URI.create("%s/v2/%s/manifests/%s%s"
                    .formatted(
                            base,
                            repository(image.repository()),
                            image.tagOrDigest(),
                            mirrorOf.map("?ns="::concat).orElse("")));
        }

        /**
         * What to show it: at a mirror the cluster's credential if it has one, at the registry itself that of the
         * environment.
         *
         * @param own of the environment
         */
        Credential credential(Credential own) {
            var clusters = credential.orElse(Credential.NONE);
            var first = mirrorOf.isPresent() ? clusters : own;
            var second = mirrorOf.isPresent() ? own : clusters;
            return first.isNone() ? second : first;
        }

        String repository(String repository) {
            return rewrites.entrySet().stream()
                    .filter(rule -> repository.matches(".*(?:" + rule.getKey() + ").*"))
                    .findFirst()
                    .map(rule -> repository.replaceAll(rule.getKey(), rule.getValue()))
                    .orElse(repository);
        }
    }

    /**
     * Which certificates of a registry to accept.
     *
     * @param authorities certificates in PEM, in addition to those of the Java runtime
     * @param anything whether to accept all
     */
    record Trust(Optional<String> authorities, boolean anything) {

        static final Trust DEFAULT = new Trust(Optional.empty(), false);
    }
}
