package com.recordsponge.operator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.OneLine;
import com.recordsponge.operator.registry.HttpTransport.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers the challenge of a registry: by a password, or by a token that the registry's token server issues for it. */
final class RegistryLogin {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Docker Hub's tokens have about 3,000 characters. */
    private static final int MOST_BYTES = 64 * 1024;

    /** By the specification of Docker's tokens. */
    private static final long DEFAULT_VALIDITY_SECONDS = 60;

    private static final int LONGEST_URL = 100;

    private final RegistryConnection connection;
    private final RegistryAuthorizations authorizations;
    private final RegistryEndpoint endpoint;
    private final RegistryAuthorizations.Key key;
    private final Clock clock;
    private boolean answered;

    RegistryLogin(
            RegistryConnection connection,
            RegistryAuthorizations authorizations,
            RegistryEndpoint endpoint,
            RegistryAuthorizations.Key key,
            Clock clock) {
        this.connection = connection;
        this.authorizations = authorizations;
        this.endpoint = endpoint;
        this.key = key;
        this.clock = clock;
    }

    /** The Authorization header that answered an earlier challenge. */
    Optional<String> known() {
        return authorizations.find(key);
    }

    /** The Authorization header that answers a challenge. Each question gets one: a registry could ask for ever. */
    String answer(Response challenge) throws RegistryException {
        authorizations.remove(key);
        if (answered) {
            throw refused(challenge);
        }
        answered = true;
        var found = Challenge.of(challenge.headers().getOrDefault("www-authenticate", List.of()))
                .orElseThrow(() -> refused(challenge));
        if (found.isBearer()) {
            return token(found);
        }
        if (!key.credential().hasPassword()) {
            throw refused(challenge);
        }
        var password = key.credential().basic();
        authorizations.put(key, password, RegistryAuthorizations.LONGEST);
        return password;
    }

    /** The failure of a login, or of a request with one. */
    RegistryException refused(Response response) {
        return RegistryException.unauthorized(
                key.credential().isNone()
                        ? "answers %d: it wants credentials, or has no repository %s. Name a Secret with credentials for it in spec.imagePullSecrets, or correct spec.image."
                                .formatted(response.status(), key.repository())
                        : "answers %d to the credentials for it: they are wrong, do not permit to pull, or there is no repository %s. Correct %s."
                                .formatted(response.status(), key.repository(), endpoint.source(key.credential())));
    }

    private String token(Challenge challenge) throws RegistryException {
        var parameters = new LinkedHashMap<String, String>();
        challenge.parameter("service").ifPresent(service -> parameters.put("service", service));
        parameters.put("scope", "repository:%s:pull".formatted(key.repository()));
        var realm = realm(challenge);
        var response = key.credential().identityToken().isEmpty() ? get(realm, parameters) : post(realm, parameters);
        if (response.status() == 401 || response.status() == 403) {
            throw refused(response);
        }
        if (response.status() != 200) {
            var limit = response.status() == 429;
            throw new RegistryException(
                    limit ? Reason.REGISTRY_LIMIT : Reason.REGISTRY_UNREACHABLE,
                    "has a token server, %s, that %s."
                            .formatted(
                                    realm.getHost(),
                                    limit
                                            ? "limits how often it is asked (429). The operator waits and asks again"
                                            : "answers " + response.status()),
                    RetryAfter.of(response, clock));
        }
        var body = parse(response.body());
        var token = body.path("token").asText(body.path("access_token").asText(""));
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw RegistryException.unreachable(
                    "has a token server, %s, that sends no token.".formatted(realm.getHost()));
        }
        var header = "Bearer " + token;
        authorizations.put(
                key, header, Duration.ofSeconds(body.path("expires_in").asLong(DEFAULT_VALIDITY_SECONDS)));
        return header;
    }

    private static URI realm(Challenge challenge) throws RegistryException {
        var text = challenge.parameter("realm").orElse("");
        try {
            var realm = new URI(text);
            if (RegistryConnection.isSecure(realm)) {
                return realm;
            }
        } catch (URISyntaxException _) {
            // No URL: refused like one that is not secure.
        }
        throw RegistryException.unreachable("wants a token of \"%s\", which is no https URL."
                .formatted(OneLine.cut(OneLine.of(text), LONGEST_URL, "…")));
    }

    private Response get(URI realm, Map<String, String> parameters) throws RegistryException {
        var query = (realm.getRawQuery() == null ? "" : realm.getRawQuery() + "&") + encoded(parameters);
        var path = realm.getRawPath() == null ? "" : realm.getRawPath();
        var uri = URI.create("https://" + realm.getRawAuthority() + path + "?" + query);
        var headers = key.credential().isNone()
                ? Map.<String, String>of()
                : Map.of("Authorization", key.credential().basic());
        return connection.send("GET", uri, headers, Optional.empty(), MOST_BYTES);
    }

    /** OAuth 2, for an identity token. */
    private Response post(URI realm, Map<String, String> parameters) throws RegistryException {
        parameters.put("grant_type", "refresh_token");
        parameters.put("client_id", "recordsponge-operator");
        parameters.put("refresh_token", key.credential().identityToken());
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        return connection.send("POST", realm, headers, Optional.of(encoded(parameters)), MOST_BYTES);
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException _) {
            return JSON.missingNode();
        }
    }
}
