package com.recordsponge.operator.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.recordsponge.operator.check.Authorities;
import com.recordsponge.operator.registry.Registries.Config;
import com.recordsponge.operator.registry.Registries.Mirror;
import com.recordsponge.operator.registry.Registries.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.PatternSyntaxException;

/**
 * A file in the form of k3s' registries.yaml. Everything in it is checked when it is read: a mistake would otherwise be found
 * by the first question to its registry. No message has a value that can be a credential.
 */
final class RegistriesFile {

    private final Path path;

    RegistriesFile(Path path) {
        this.path = path;
    }

    Registries read() throws IOException {
        var file = parsed(Files.readString(path));
        return new Registries(entries(file, "mirrors", this::mirror), entries(file, "configs", this::config));
    }

    private JsonNode parsed(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw mistake("line %d is no YAML.".formatted(e.getLocation().getLineNr()));
        }
    }

    private <T> Map<String, T> entries(JsonNode file, String section, BiFunction<String, JsonNode, T> read) {
        var entries = new LinkedHashMap<String, T>();
        object(file, section, section)
                .properties()
                .forEach(entry ->
                        entries.put(entry.getKey(), read.apply(section + "." + entry.getKey(), entry.getValue())));
        return entries;
    }

    private Mirror mirror(String key, JsonNode mirror) {
        var endpoints = new ArrayList<URI>();
        var urls = mirror.path("endpoint");
        if (!urls.isArray() && !isAbsent(urls)) {
            throw mistake(key + ".endpoint is no list of URLs.");
        }
        urls.forEach(url -> endpoints.add(endpoint(key + ".endpoint", url.asText())));
        var rewrites = new ArrayList<RepositoryRewrite>();
        object(mirror, "rewrite", key + ".rewrite")
                .properties()
                .forEach(rule -> rewrites.add(
                        rewrite(key + ".rewrite", rule.getKey(), rule.getValue().asText())));
        return new Mirror(List.copyOf(endpoints), List.copyOf(rewrites));
    }

    /** As k3s does, takes a path as it is written, and a URL without one for that of a registry. */
    private URI endpoint(String key, String text) {
        try {
            var url = new URI(text.contains("://") ? text : "https://" + text);
            if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                var folder = url.getRawPath().replaceFirst("/+$", "");
                return new URI(url.getScheme() + "://" + url.getRawAuthority().replaceFirst("^.*@", "")
                        + (folder.isEmpty() ? "/v2" : folder));
            }
        } catch (URISyntaxException _) {
            // No URL: refused like one of another scheme.
        }
        throw mistake("%s has %s, which is no http or https URL of a host."
                .formatted(key, text.replaceFirst("^(.*//)?.*@", "$1")));
    }

    private RepositoryRewrite rewrite(String key, String expression, String replacement) {
        if (!replacement.matches("[-\\w./${}]*")) {
            throw mistake("%s has %s, which is no name of a repository.".formatted(key, replacement));
        }
        try {
            return RepositoryRewrite.of(expression, replacement);
        } catch (PatternSyntaxException e) {
            throw mistake(
                    "%s has %s, which is no regular expression: %s.".formatted(key, expression, e.getDescription()));
        }
    }

    private Config config(String key, JsonNode config) {
        var auth = object(config, "auth", key + ".auth");
        var tls = object(config, "tls", key + ".tls");
        for (var unsupported : List.of("cert_file", "key_file")) {
            if (!tls.path(unsupported).asText("").isEmpty()) {
                throw mistake(
                        "%s.tls.%s is %s, but the operator cannot present a client certificate. Remove it here; the nodes can have it."
                                .formatted(
                                        key, unsupported, tls.path(unsupported).asText()));
            }
        }
        var authorities = Optional.of(tls.path("ca_file").asText("")).filter(name -> !name.isEmpty());
        return new Config(
                credential(auth),
                Optional.of(tls)
                        .filter(JsonNode::isObject)
                        .map(_ -> new Trust(
                                authorities.map(name -> certificates(key + ".tls.ca_file", name)),
                                tls.path("insecure_skip_verify").asBoolean())));
    }

    /** k3s spells the token with an underscore, Docker without. */
    private static Optional<Credential> credential(JsonNode auth) {
        return auth.has("identity_token")
                ? Optional.of(new Credential("", "", auth.path("identity_token").asText()))
                : DockerConfig.credential(auth);
    }

    private String certificates(String key, String name) {
        try {
            var certificates = Authorities.read(path.toAbsolutePath().resolveSibling(name));
            Authorities.of(certificates);
            return certificates;
        } catch (IOException _) {
            throw mistake(
                    "%s is %s, which is no file that the operator can read. Put the certificates into the chart's registries.files, and its key there into ca_file."
                            .formatted(key, name));
        } catch (GeneralSecurityException _) {
            throw mistake(
                    "%s is %s, which has no certificates in PEM, or one that cannot be read.".formatted(key, name));
        }
    }

    private JsonNode object(JsonNode parent, String field, String key) {
        var value = parent.path(field);
        if (!value.isObject() && !isAbsent(value)) {
            throw mistake(key + " is no map.");
        }
        return value;
    }

    /** In k3s' file a key can be without a value. */
    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private IllegalArgumentException mistake(String message) {
        return new IllegalArgumentException("%s: %s".formatted(path, message));
    }
}
