package com.recordsponge.operator.registry;

import static com.recordsponge.operator.registry.ScriptedRegistry.DIGEST;
import static com.recordsponge.operator.registry.ScriptedRegistry.found;
import static com.recordsponge.operator.registry.ScriptedRegistry.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.ScriptedRegistry.Request;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where several Secrets have a credential for a registry, the operator finds the image if the kubelet can pull it. */
@Timeout(60)
class SeveralCredentialsTest extends ScriptedRegistryTests {

    private static final Credential REVOKED = new Credential("me", "revoked", "");
    private static final Credential VALID = new Credential("me", "valid", "");

    private DigestAnswer ask(Credential... credentials) {
        var image = ImageReference.parse(registry.host() + "/team/app:staging");
        return client.ask(new DigestQuery(image, List.of(credentials)), Optional.empty())
                .answer();
    }

    /** A registry that answers a wrong password with a status. */
    private void refuse(int status) {
        registry.answer(request -> request.authorization().isEmpty()
                ? response(401, "WWW-Authenticate: Basic realm=\"test\"")
                : request.authorization().equals(VALID.basic()) ? found(DIGEST) : response(status));
    }

    private List<String> shown() {
        return registry.requests().stream()
                .map(Request::authorization)
                .filter(authorization -> !authorization.isEmpty())
                .toList();
    }

    /** Some registries hide what a credential must not see. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void theNextIsShownWhereOneIsRefused(int status) {
        refuse(status);
        assertThat(ask(REVOKED, VALID)).isEqualTo(DigestAnswer.found(DIGEST));
        assertThat(shown()).containsExactly(REVOKED.basic(), VALID.basic());
    }

    @Test
    void aRefusedCredentialIsNotShownWithEachQuestion() {
        refuse(401);
        ask(REVOKED, VALID);
        ask(REVOKED, VALID);
        assertThat(shown()).containsOnlyOnce(REVOKED.basic());
    }

    @Test
    void theOthersAreShownAgainWhereTheAcceptedOneIsRefused() {
        refuse(401);
        ask(REVOKED, VALID);
        registry.answer(request -> request.authorization().equals(REVOKED.basic())
                ? found(DIGEST)
                : response(401, "WWW-Authenticate: Basic realm=\"test\""));
        assertThat(ask(REVOKED, VALID)).isEqualTo(DigestAnswer.found(DIGEST));
    }

    @Test
    void aCredentialIsShownOnlyForWhoHasIt() {
        refuse(401);
        ask(REVOKED, VALID);
        assertThat(ask(REVOKED).reason()).isEqualTo(Reason.REGISTRY_UNAUTHORIZED);
    }

    @Test
    void anImageThatOneOfThemDoesNotFindIsNotThere() {
        registry.answer(request -> request.authorization().equals(VALID.basic())
                ? response(404)
                : response(401, "WWW-Authenticate: Basic realm=\"test\""));
        assertThat(ask(VALID, REVOKED).reason()).isEqualTo(Reason.MANIFEST_NOT_FOUND);
        assertThat(ask(REVOKED, VALID).reason()).isEqualTo(Reason.MANIFEST_NOT_FOUND);
    }

    @Test
    void aRegistryThatIsBusyIsShownNoOther() {
        registry.answer(request -> request.authorization().isEmpty()
                ? response(401, "WWW-Authenticate: Basic realm=\"test\"")
                : response(429));
        assertThat(ask(REVOKED, VALID).reason()).isEqualTo(Reason.REGISTRY_LIMIT);
        assertThat(shown()).hasSize(1);
    }
}
