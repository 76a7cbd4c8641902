package com.recordsponge.operator.registry;

import static com.recordsponge.operator.registry.ScriptedRegistry.DIGEST;
import static com.recordsponge.operator.registry.ScriptedRegistry.body;
import static com.recordsponge.operator.registry.ScriptedRegistry.found;
import static com.recordsponge.operator.registry.ScriptedRegistry.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.ScriptedRegistry.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins at a registry whose token server is a part of it. */
@Timeout(60)
class RegistryLoginTest extends ScriptedRegistryTests {

    private static final Credential USER = new Credential("me", "pa:55word", "");
    private static final String TOKEN = "{\"token\": \"%s\", \"expires_in\": 300}";

    @BeforeEach
    void answerTokens() {
        answerTokens(TOKEN.formatted("secret"), "Bearer secret");
    }

    private void answerTokens(String token, String accepted) {
        registry.answer(request -> {
            if (request.target().startsWith("/token")) {
                return body(200, token);
            }
            return request.authorization().equals(accepted) ? found(DIGEST) : challenge("https://%s/token");
        });
    }

    private ScriptedRegistry.Script challenge(String realm) {
        return response(
                401,
                "WWW-Authenticate: Bearer realm=\"%s\",service=\"registry\",scope=\"repository:other:push\""
                        .formatted(realm.formatted(registry.host())));
    }

    private DigestAnswer ask(Credential credential) {
        return reply(credential).answer();
    }

    private RegistryReply reply(Credential credential) {
        var image = ImageReference.parse(registry.host() + "/team/app:a");
        return client.ask(new DigestQuery(image, credential), Optional.empty());
    }

    private List<Request> tokenRequests() {
        return registry.requests().stream()
                .filter(request -> request.target().startsWith("/token"))
                .toList();
    }

    @Test
    void aPasswordIsSentOnlyWhenTheRegistryAsks() {
        registry.answer(request -> request.authorization().equals(USER.basic())
                ? found(DIGEST)
                : response(401, "WWW-Authenticate: Basic realm=\"registry\""));
        assertThat(ask(USER)).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(registry.requests()).extracting(Request::authorization).containsExactly("", USER.basic());
        ask(USER);
        assertThat(registry.requests())
                .as("it need not ask again")
                .extracting(Request::authorization)
                .containsExactly("", USER.basic(), USER.basic());
        ask(new Credential("other", "pa55word", ""));
        assertThat(registry.requests())
                .as("of other credentials it must")
                .element(3)
                .extracting(Request::authorization)
                .isEqualTo("");
    }

    @Test
    void aTokenIsForPullingThisRepositoryOnly() {
        assertThat(ask(USER)).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(tokenRequests()).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo("/token?service=registry&scope=repository%3Ateam%2Fapp%3Apull");
            assertThat(request.authorization()).isEqualTo(USER.basic());
        });
    }

    @Test
    void publicImagesNeedATokenButNoCredentials() {
        assertThat(ask(Credential.NONE)).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(tokenRequests().getFirst().authorization()).isEmpty();
    }

    @Test
    void anIdentityTokenIsExchanged() {
        answerTokens("{\"access_token\": \"secret\"}", "Bearer secret");
        assertThat(ask(new Credential("0", "", "a+b"))).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(tokenRequests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.body()).contains("grant_type=refresh_token", "refresh_token=a%2Bb");
            assertThat(request.authorization()).isEmpty();
        });
    }

    @Test
    void aTokenIsReusedWhileItIsValid() {
        ask(USER);
        clock.pass(Duration.ofSeconds(280));
        ask(USER);
        assertThat(tokenRequests()).hasSize(1);
        clock.pass(Duration.ofSeconds(15));
        ask(USER);
        assertThat(tokenRequests()).hasSize(2);
    }

    @Test
    void aTokenIsNotSharedBetweenCredentials() {
        ask(USER);
        ask(new Credential("me", "other", ""));
        ask(Credential.NONE);
        assertThat(tokenRequests()).hasSize(3);
    }

    @Test
    void aRevokedTokenIsReplaced() {
        ask(USER);
        answerTokens(TOKEN.formatted("newer"), "Bearer newer");
        assertThat(ask(USER)).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(tokenRequests()).hasSize(2);
    }

    @Test
    void aRegistryThatRefusesEveryTokenIsAskedOnce() {
        answerTokens(TOKEN.formatted("secret"), "none");
        assertThat(ask(USER).reason()).isEqualTo(Reason.REGISTRY_UNAUTHORIZED);
        assertThat(tokenRequests()).hasSize(1);
        assertThat(registry.requests()).hasSize(3);
    }

    @Test
    void aTokenServerThatRefusesIsAskedOnce() {
        registry.always(challengeEverywhere());
        assertThat(ask(USER).reason()).isEqualTo(Reason.REGISTRY_UNAUTHORIZED);
        assertThat(registry.requests()).hasSize(2);
    }

    private ScriptedRegistry.Script challengeEverywhere() {
        return challenge("https://%s/token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://%s/token",
                "http://169.254.169.254/latest/meta-data",
                "https://user:password@%s/token",
                "file:///etc/passwd",
                "",
                "not a URL"
            })
    void credentialsAreSentOnlyByHttps(String realm) {
        registry.always(challenge(realm));
        var answer = ask(USER);
        assertThat(answer.reason()).isNotEqualTo(Reason.IMAGE_FOUND);
        assertThat(answer.message()).doesNotContain(USER.password());
        assertThat(registry.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://169.254.169.254/token", "https://127.0.0.1:1/token", "https://[::1]:6443/token"})
    void aRealmIsNotOnThisMachine(String realm) {
        registry.always(challenge(realm));
        assertThat(ask(USER).message()).contains("of the machine itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "no JSON", "{\"token\": \"a\\r\\nHost: b\"}", "{\"token\": \"\"}"})
    void aBrokenTokenIsRefused(String token) {
        answerTokens(token, "Bearer ");
        assertThat(ask(USER).message()).contains("sends no token");
    }

    @ParameterizedTest
    @CsvSource({"429, REGISTRY_LIMIT", "503, REGISTRY_UNREACHABLE"})
    void theTokenServerSaysWhenToAskAgain(int status, Reason reason) {
        registry.answer(request -> request.target().startsWith("/token")
                ? response(status, "Retry-After: 30")
                : challenge("https://%s/token"));
        var reply = reply(USER);
        assertThat(reply.answer().reason()).as(reply.answer().message()).isEqualTo(reason);
        assertThat(reply.answer().message()).contains("token server");
        assertThat(reply.retryAfter()).contains(Duration.ofSeconds(30));
    }

    @Test
    void anOversizedTokenIsRefused() {
        answerTokens(TOKEN.formatted("x".repeat(100_000)), "none");
        assertThat(ask(USER).message()).contains("more than 65536 bytes");
    }

    @Test
    void noMessageContainsACredential() {
        for (var status : new int[] {400, 401, 403, 404, 429, 500}) {
            registry.always(response(status, "WWW-Authenticate: Basic realm=\"r\""));
            assertThat(ask(USER).message()).doesNotContain(USER.username() + ":", USER.password());
        }
    }
}
