package com.recordsponge.operator.registry;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the nodes pull images: mirrors of registries, and the credentials and certificate authorities of hosts. The operator
 * asks there too, in the same order.
 *
 * @param mirrors by registry
 * @param configs by host, or by registry
 */
public record Registries(Map<String, Mirror> mirrors, Map<String, Config> configs) {

    private static final String DOCKER_HUB_HOST = "registry-1.docker.io";

    /**
     * In place of a registry: the mirrors and certificates of all that have none of their own. A credential there would go to
     * every host that an environment names; it is ignored, as on the node.
     */
    private static final String EVERY_REGISTRY = "*";

    private static final Mirror NO_MIRROR = new Mirror(List.of(), List.of());
    private static final Config NO_CONFIG = new Config(Optional.empty(), Optional.empty());

    /**
     * Mirrors of a registry.
     *
     * @param endpoints their URLs, in the order in which they are asked
     * @param rewrites other names of repositories there; the first that changes a name counts
     */
    record Mirror(List<URI> endpoints, List<RepositoryRewrite> rewrites) {}

    /** Settings of a host. */
    record Config(Optional<Credential> credential, Optional<Trust> trust) {

        private boolean isEmpty() {
            return credential.isEmpty() && trust.isEmpty();
        }
    }

    /** The nodes pull from each registry itself. */
    static Registries none() {
        return new Registries(Map.of(), Map.of());
    }

    /** Reads the file that a setting names; without one the nodes pull from each registry itself. */
    static Registries of(Optional<Path> path) throws IOException {
        return path.isPresent() ? read(path.get()) : none();
    }

    /**
     * Reads a file in the form of k3s' registries.yaml; relative names of certificates in it are relative to its folder.
     *
     * @throws IllegalArgumentException if there is a mistake in the file, with what to correct
     */
    public static Registries read(Path path) throws IOException {
        return new RegistriesFile(path).read();
    }

    /** Where to ask for an image of a registry, in this order; the registry itself is the last. */
    List<RegistryEndpoint> endpoints(String registry) {
        var itself = itself(registry);
        var mirror = mirror(registry);
        var endpoints = new ArrayList<RegistryEndpoint>();
        mirror.endpoints().stream()
                .filter(url -> !url.equals(itself.base()))
                .forEach(url -> endpoints.add(mirror(url, registry, mirror.rewrites())));
        endpoints.add(itself);
        return endpoints;
    }

    /** As on the node, a registry with settings of its own does not have the mirrors of all. */
    private Mirror mirror(String registry) {
        var own = mirrors.getOrDefault(registry, NO_MIRROR);
        return own.endpoints().isEmpty() && config(registry).isEmpty()
                ? mirrors.getOrDefault(EVERY_REGISTRY, NO_MIRROR)
                : own;
    }

    /** As on the node, the certificates of all registries are not for mirrors. */
    private RegistryEndpoint mirror(URI url, String registry, List<RepositoryRewrite> rewrites) {
        var host = url.getRawAuthority();
        var other = host.equals(DOCKER_HUB_HOST) ? ImageReference.DOCKER_HUB : host;
        return new RegistryEndpoint(
                url,
                Optional.of(registry).filter(_ -> !host.equals(host(registry))),
                true,
                rewrites,
                first(config(host).credential(), config(other).credential()),
                first(config(host).trust(), config(other).trust()).orElse(Trust.DEFAULT));
    }

    private RegistryEndpoint itself(String registry) {
        var host = host(registry);
        var url = URI.create("https://" + host + "/v2");
        return new RegistryEndpoint(
                url,
                Optional.empty(),
                isConfigured(host)
                        || isConfigured(registry)
                        || mirrors.getOrDefault(registry, NO_MIRROR).endpoints().contains(url),
                List.of(),
                first(config(host).credential(), config(registry).credential()),
                trust(host, registry));
    }

    private static String host(String registry) {
        return registry.equals(ImageReference.DOCKER_HUB) ? DOCKER_HUB_HOST : registry;
    }

    /** Whether the administrator configured the host of a URL. */
    boolean isConfigured(URI uri) {
        return isConfigured(uri.getRawAuthority());
    }

    private boolean isConfigured(String host) {
        return !host.equals(EVERY_REGISTRY) && configs.containsKey(host);
    }

    /** Which certificates to accept from the host of a URL. */
    Trust trust(URI uri) {
        return trust(uri.getRawAuthority(), uri.getRawAuthority());
    }

    private Trust trust(String host, String registry) {
        var every = config(registry).isEmpty() ? config(EVERY_REGISTRY).trust() : Optional.<Trust>empty();
        return first(first(config(host).trust(), config(registry).trust()), every)
                .orElse(Trust.DEFAULT);
    }

    private Config config(String host) {
        return configs.getOrDefault(host, NO_CONFIG);
    }

    private static <T> Optional<T> first(Optional<T> one, Optional<T> other) {
        return one.or(() -> other);
    }

    /**
     * Which certificates of a registry to accept.
     *
     * @param authorities certificates in PEM, in addition to those of the Java runtime
     * @param anything whether to accept all
     */
    public record Trust(Optional<String> authorities, boolean anything) {

        public static final Trust DEFAULT = new Trust(Optional.empty(), false);
    }
}
