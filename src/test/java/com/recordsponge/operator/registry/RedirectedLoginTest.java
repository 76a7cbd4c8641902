package com.recordsponge.operator.registry;

import static com.recordsponge.operator.registry.ScriptedRegistry.body;
import static com.recordsponge.operator.registry.ScriptedRegistry.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.ScriptedRegistry.Request;
import com.recordsponge.operator.registry.ScriptedRegistry.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry redirects to a host that wants credentials: whatever it asks for, it gets none. */
@Timeout(20)
@ParameterizedClass
@MethodSource("credentials")
class RedirectedLoginTest extends ScriptedRegistryTests {

    private static final String BASIC = "Basic realm=\"r\"";
    private static final String BEARER = "Bearer realm=\"https://%s/token\",service=\"s\"";

    @Parameter
    private Credential credential;

    private ScriptedRegistry other;

    static List<Credential> credentials() {
        return List.of(new Credential("me", "pa55word", ""), new Credential("0", "", "identity"), Credential.NONE);
    }

    @BeforeEach
    void startOther() throws IOException, GeneralSecurityException {
        other = new ScriptedRegistry(identity);
        client = client(
                Registries.read(Files.writeString(
                        folder.resolve("redirect.yaml"), """
                        configs:
                          "%s": {tls: {ca_file: tls.crt}}
                          "%s": {tls: {ca_file: tls.crt}}
                        """.formatted(registry.host(), other.host()))),
                Duration.ofSeconds(10));
    }

    @AfterEach
    void stopOther() throws IOException {
        other.close();
    }

    private Script challenge(int status, String challenge) {
        return response(status, "WWW-Authenticate: " + challenge.formatted(other.host()));
    }

    private Script redirect() {
        return response(307, "Location: https://%s/elsewhere".formatted(other.host()));
    }

    /** The other host's tokens would be good. */
    private void otherWants(int status, String challenge) {
        other.answer(request -> request.target().startsWith("/token")
                ? body(200, "{\"token\": \"others\"}")
                : challenge(status, challenge));
    }

    private void assertThatTheOtherGetsNothing() {
        var image = ImageReference.parse(registry.host() + "/team/app:a");
        var answer =
                client.ask(new DigestQuery(image, credential), Optional.empty()).answer();
        assertThat(answer.reason()).isEqualTo(Reason.REGISTRY_UNREACHABLE);
        assertThat(answer.message())
                .contains("Registry %s redirects to %s, which wants credentials"
                        .formatted(registry.host(), other.host()));
        assertThat(other.requests()).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo("/elsewhere");
            assertThat(request.authorization()).isEmpty();
            assertThat(request.body()).isEmpty();
        });
        assertThat(registry.requests()).extracting(Request::authorization).doesNotContain("Bearer others");
    }

    @ParameterizedTest
    @ValueSource(strings = {BASIC, BEARER, ""})
    void aRegistryThatRedirectsAtOnce(String challenge) {
        registry.always(redirect());
        otherWants(401, challenge);
        assertThatTheOtherGetsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {BASIC, BEARER, ""})
    void aRegistryThatRedirectsAfterItsOwnLogin(String challenge) {
        registry.answer(request -> {
            if (request.target().startsWith("/token")) {
                return body(200, "{\"token\": \"own\"}");
            }
            return request.authorization().isEmpty()
                    ? response(401, "WWW-Authenticate: " + BEARER.formatted(registry.host()))
                    : redirect();
        });
        otherWants(401, challenge);
        assertThatTheOtherGetsNothing();
        assertThat(registry.requests())
                .last()
                .extracting(Request::authorization)
                .isEqualTo("Bearer own");
    }

    /** It was shown no credentials, so that those of the environment are not to blame. */
    @ParameterizedTest
    @ValueSource(strings = {BASIC, BEARER, ""})
    void aHostThatForbids(String challenge) {
        registry.always(redirect());
        otherWants(403, challenge);
        assertThatTheOtherGetsNothing();
    }
}
