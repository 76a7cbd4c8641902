package com.recordsponge.operator.registry;

import static com.recordsponge.operator.registry.ScriptedRegistry.DIGEST;
import static com.recordsponge.operator.registry.ScriptedRegistry.body;
import static com.recordsponge.operator.registry.ScriptedRegistry.dripping;
import static com.recordsponge.operator.registry.ScriptedRegistry.endless;
import static com.recordsponge.operator.registry.ScriptedRegistry.found;
import static com.recordsponge.operator.registry.ScriptedRegistry.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.ScriptedRegistry.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry's protocol, with registries that break, lie and never end. */
@Timeout(60)
class DistributionClientTest extends ScriptedRegistryTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Credential USER = new Credential("me", "pa55word", "");
    private static final String REPOSITORY = "recordsponge/expungeservice";

    private void impatient() throws IOException {
        client = client(Registries.read(registry.configuration(folder)), TIMEOUT);
    }

    /** An image of this registry, without a mirror. */
    private DigestQuery question(Credential credential) {
        return new DigestQuery(ImageReference.parse(registry.host() + "/" + REPOSITORY + ":staging"), credential);
    }

    private DigestAnswer ask(Credential credential) {
        return client.ask(question(credential), Optional.empty()).answer();
    }

    private void assertFailure(Reason reason, String... words) {
        var answer = ask(Credential.NONE);
        assertThat(answer.reason()).as(answer.message()).isEqualTo(reason);
        assertThat(answer.digest()).isEmpty();
        assertThat(answer.message()).contains(registry.host()).contains(words);
    }

    @Test
    void theDigestComesFromOneHeadRequest() {
        assertThat(ask(Credential.NONE)).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(registry.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("HEAD");
            assertThat(request.target()).isEqualTo("/v2/" + REPOSITORY + "/manifests/staging");
            assertThat(request.headers().get("accept"))
                    .contains("image.index.v1", "manifest.list.v2", "image.manifest.v1", "distribution.manifest.v2");
        });
    }

    @Test
    void imagesOfDockerHubAreAskedOfItsMirror() {
        var hub = new DigestQuery(ImageReference.parse(REPOSITORY + ":staging"), Credential.NONE);
        assertThat(client.ask(hub, Optional.empty()).answer()).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(registry.requests().getFirst().target()).endsWith("/staging?ns=docker.io");
    }

    @Test
    void withoutTheDigestHeaderTheDigestIsThatOfTheManifest() {
        registry.answer(request -> request.method().equals("HEAD") ? response(200) : body(200, "{}"));
        assertThat(ask(Credential.NONE).digest())
                .contains("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(registry.requests()).extracting(Request::method).containsExactly("HEAD", "GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:d", "sha512:dddd", "latest", "sha256:DDDD\u00e9"})
    void aBrokenDigestIsRefused(String digest) {
        registry.always(found(digest));
        assertFailure(Reason.REGISTRY_UNREACHABLE, "no SHA-256");
    }

    @Test
    void schema1IsRefused() {
        registry.always(response(
                200,
                "Docker-Content-Digest: " + DIGEST,
                "Content-Type: application/vnd.docker.distribution.manifest.v1+prettyjws"));
        assertFailure(Reason.MANIFEST_NOT_FOUND, "schema 1");
    }

    @ParameterizedTest
    @CsvSource({
        "401, REGISTRY_UNAUTHORIZED, imagePullSecrets",
        "403, REGISTRY_UNAUTHORIZED, imagePullSecrets",
        "404, MANIFEST_NOT_FOUND, has no image",
        "429, REGISTRY_LIMIT, asks again",
        "500, REGISTRY_UNREACHABLE, answers 500",
        "204, REGISTRY_UNREACHABLE, answers 204",
    })
    void everyRefusalHasItsReason(int status, Reason reason, String words) {
        registry.always(response(status));
        assertFailure(reason, words);
    }

    @ParameterizedTest
    @CsvSource({
        "30, PT30S",
        "'Thu, 01 Jan 2026 00:02:00 GMT', PT2M",
        "'Thu, 01 Jan 1970 00:00:00 GMT', PT1S",
        "999999999999, PT1H",
        "99999999999999999999999, ",
        "soon, ",
    })
    void theRegistrySaysWhenToAskAgain(String header, Duration expected) {
        registry.always(response(429, "Retry-After: " + header));
        assertThat(client.ask(question(Credential.NONE), Optional.empty()).retryAfter())
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void anUnchangedImageCostsNoBody() {
        registry.always(response(200, "Docker-Content-Digest: " + DIGEST, "ETag: \"e\""));
        var first = client.ask(question(Credential.NONE), Optional.empty());
        registry.answer(request -> response("\"e\"".equals(request.headers().get("if-none-match")) ? 304 : 500));
        assertThat(client.ask(question(Credential.NONE), Optional.of(first))).isEqualTo(first);
    }

    @Test
    void aSilentRegistryIsGivenUp() throws IOException {
        impatient();
        registry.always(registry.silence());
        assertFailure(Reason.REGISTRY_UNREACHABLE, "did not answer in time");
    }

    @Test
    void aSlowBodyIsGivenUp() throws IOException {
        impatient();
        registry.answer(request -> request.method().equals("HEAD") ? response(200) : dripping());
        assertFailure(Reason.REGISTRY_UNREACHABLE, "did not answer in time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 99999999999", "Transfer-Encoding: chunked", "X-Length: none"})
    void anEndlessBodyIsCutOff(String header) {
        registry.answer(request -> request.method().equals("HEAD") ? response(200) : endless(header));
        assertFailure(Reason.REGISTRY_UNREACHABLE, "more than 4194304 bytes");
    }

    @Test
    void endlessHeadersAreCutOff() {
        registry.always(output -> {
            output.write("HTTP/1.1 200 OK\r\n".getBytes());
            while (true) {
                output.write("X-Header: more and more\r\n".getBytes());
            }
        });
        assertFailure(Reason.REGISTRY_UNREACHABLE, "no HTTP response");
    }

    @Test
    void whatIsNoHttpIsRefused() {
        registry.always(output -> output.write("SSH-2.0-OpenSSH_9.9\r\n".getBytes()));
        assertFailure(Reason.REGISTRY_UNREACHABLE, "no HTTP response");
    }

    @Test
    void threeRedirectsAreFollowed() {
        registry.answer(request -> {
            var hops = request.target().chars().filter(c -> c == '+').count();
            return hops < 3 ? response(307, "Location: /v2/" + "+".repeat((int) hops + 1)) : found(DIGEST);
        });
        assertThat(ask(Credential.NONE)).isEqualTo(DigestAnswer.found(DIGEST));
    }

    @Test
    void aRedirectLoopEnds() {
        registry.always(response(302, "Location: /v2/"));
        assertFailure(Reason.REGISTRY_UNREACHABLE, "redirects more than 3 times");
        assertThat(registry.requests()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/", "ftp://host/", "https://user@host/", "", "https:///x", "::"})
    void redirectsLeadOnlyToHttps(String location) {
        registry.always(response(302, "Location: " + location));
        if (location.isEmpty()) {
            assertFailure(Reason.REGISTRY_UNREACHABLE, "redirects");
        } else {
            assertFailure(Reason.REGISTRY_UNREACHABLE, "no https URL");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://127.0.0.1:1/", "https://169.254.169.254/latest", "https://[::1]/", "https://0.0.0.0/"})
    void redirectsDoNotLeadToThisMachine(String location) {
        registry.always(response(302, "Location: " + location));
        assertFailure(Reason.REGISTRY_UNREACHABLE, "of the machine itself");
    }

    @Test
    void credentialsStayAtTheirRegistry() throws IOException, GeneralSecurityException {
        try (var other = new ScriptedRegistry(identity)) {
            client = client(
                    Registries.read(Files.writeString(
                            folder.resolve("both.yaml"), """
                            configs:
                              "%s": {tls: {ca_file: tls.crt}}
                              "%s": {tls: {ca_file: tls.crt}}
                            """.formatted(registry.host(), other.host()))),
                    Duration.ofSeconds(10));
            registry.answer(request -> request.authorization().isEmpty()
                    ? response(401, "WWW-Authenticate: Basic realm=\"r\"")
                    : response(307, "Location: https://%s/elsewhere".formatted(other.host())));
            assertThat(ask(USER)).isEqualTo(DigestAnswer.found(DIGEST));
            assertThat(registry.requests().getLast().authorization()).isEqualTo(USER.basic());
            assertThat(other.requests()).singleElement().satisfies(request -> assertThat(request.authorization())
                    .isEmpty());
        }
    }

    @Test
    void aRegistryOnThisMachineMustBeConfigured() {
        client = client(Registries.none(), Duration.ofSeconds(10));
        assertFailure(Reason.REGISTRY_UNREACHABLE, "of the machine itself");
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefused() throws IOException {
        client = client(
                Registries.read(Files.writeString(
                        folder.resolve("no-ca.yaml"), "configs: {\"%s\": {}}".formatted(registry.host()))),
                Duration.ofSeconds(10));
        assertFailure(Reason.REGISTRY_UNREACHABLE, "certificate", "does not accept");
    }

    @Test
    void aRegistryThatIsAwayIsNamed() throws IOException {
        registry.close();
        assertFailure(Reason.REGISTRY_UNREACHABLE, "accepts no connection");
    }

    @Test
    void anUnknownNameIsNamed() {
        var unknown = new DigestQuery(ImageReference.parse("registry.invalid/app:a"), Credential.NONE);
        assertThat(client.ask(unknown, Optional.empty()).answer().message())
                .contains("registry.invalid", "does not resolve");
    }
}
