package com.recordsponge.operator.registry;

import static com.recordsponge.operator.registry.ScriptedRegistry.DIGEST;
import static com.recordsponge.operator.registry.ScriptedRegistry.found;
import static com.recordsponge.operator.registry.ScriptedRegistry.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scripted registry is the mirror of two others: what happens to it must not keep their images from being found. */
@Timeout(60)
class MirrorsTest extends ScriptedRegistryTests {

    private static final Duration THREE_MINUTES = Duration.ofMinutes(3);

    private ScriptedRegistry origin;
    private ScriptedRegistry second;

    @BeforeEach
    void startOrigins() throws IOException, GeneralSecurityException {
        origin = new ScriptedRegistry(identity);
        second = new ScriptedRegistry(identity);
        client(Duration.ofSeconds(30));
    }

    private void client(Duration timeout) throws IOException {
        client = client(
                Registries.read(Files.writeString(
                        folder.resolve("mirrors.yaml"), """
                mirrors:
                  "%2$s": {endpoint: ["https://%1$s"]}
                  "%3$s": {endpoint: ["https://%1$s"]}
                configs:
                  "%1$s": {auth: {username: node, password: word}, tls: {ca_file: tls.crt}}
                  "%2$s": {tls: {ca_file: tls.crt}}
                  "%3$s": {tls: {ca_file: tls.crt}}
                """.formatted(registry.host(), origin.host(), second.host()))),
                timeout);
    }

    @AfterEach
    void stopOrigins() throws IOException {
        origin.close();
        second.close();
    }

    private RegistryReply ask(ScriptedRegistry source) {
        var image = ImageReference.parse(source.host() + "/team/app:staging");
        return client.ask(new DigestQuery(image, Credential.NONE), Optional.empty());
    }

    @Test
    void aSilentMirrorLeavesTimeForTheRegistry() throws IOException {
        client(Duration.ofSeconds(8));
        registry.always(registry.silence());
        assertThat(ask(origin).answer()).isEqualTo(DigestAnswer.found(DIGEST));
    }

    @Test
    void whatEachPlaceAnsweredIsTold() {
        registry.always(response(500));
        origin.always(response(404));
        var answer = ask(origin).answer();
        assertThat(answer.reason()).isEqualTo(Reason.MANIFEST_NOT_FOUND);
        assertThat(answer.message())
                .contains("Mirror %s of %s answers 500.".formatted(registry.host(), origin.host()))
                .contains("Registry %s has no image".formatted(origin.host()));
    }

    @Test
    void aRegistryThatIsAwayDoesNotHideWhatTheMirrorAnswered() throws IOException {
        registry.always(response(404));
        origin.close();
        var answer = ask(origin).answer();
        assertThat(answer.reason()).isEqualTo(Reason.MANIFEST_NOT_FOUND);
        assertThat(answer.message()).contains("has no image", "accepts no connection");
    }

    @Test
    void aCredentialOfTheChartIsCorrectedThere() {
        registry.always(response(401, "WWW-Authenticate: Basic realm=\"test\""));
        origin.always(response(404));
        assertThat(ask(origin).answer().message()).contains("Correct configs in the chart's registries.");
    }

    @Test
    void aMirrorThatLimitsIsLeftAloneByAll() {
        registry.always(response(429, "Retry-After: 180"));
        assertThat(ask(origin).answer()).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(ask(origin).answer()).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(ask(second).answer()).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(registry.requests()).hasSize(1);
        clock.pass(THREE_MINUTES);
        registry.always(found("sha256:" + "e".repeat(64)));
        assertThat(ask(second).answer()).isEqualTo(DigestAnswer.found("sha256:" + "e".repeat(64)));
    }

    @Test
    void aMirrorThatIsOverloadedIsLeftAloneAsLongAsItSays() {
        registry.always(response(503, "Retry-After: 180"));
        ask(origin);
        ask(second);
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void aLimitWithoutATimeHoldsForAMinute() {
        registry.always(response(429));
        ask(origin);
        clock.pass(RetryAfter.UNSTATED.minusMillis(1));
        ask(origin);
        assertThat(registry.requests()).hasSize(1);
        clock.pass(Duration.ofMillis(1));
        ask(origin);
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void whereAllWantToBeLeftAloneTheFirstEndCounts() {
        registry.always(response(429, "Retry-After: 180"));
        origin.always(response(429, "Retry-After: 600"));
        ask(origin);
        var quiet = ask(origin);
        assertThat(quiet.answer().reason()).isEqualTo(Reason.REGISTRY_LIMIT);
        assertThat(quiet.answer().message())
                .contains("wants to be left alone until 2026-01-01T00:03:00Z", "until 2026-01-01T00:10:00Z");
        assertThat(quiet.retryAfter()).contains(THREE_MINUTES);
        assertThat(origin.requests()).hasSize(1);
    }

    /** The registry can be back before. */
    @Test
    void theMirrorsTimeIsNotThatOfARegistryThatIsAway() throws IOException {
        registry.always(response(503, "Retry-After: 180"));
        origin.close();
        assertThat(ask(origin).retryAfter()).isEmpty();
    }
}
