package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is removed from a Secret has no access; a flaw of the Secret ends nobody else's, and gives nobody any. */
class UsersTest {

    private static final String OLD = ":{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";
    private static final String NEW = ":$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/";
    private static final String TWO_USERS = "alice" + OLD + "\nmallory" + OLD;

    private final RouteSimulation site = new RouteSimulation();

    private static EnvironmentFixture protectedSite() {
        return environment().with("ingress.basicAuth", "[{path: /access/, secretRef: {name: users}}]");
    }

    private List<String> accessWith(Map<String, String> secret) {
        return site.reconcile(() -> protectedSite().secret("users", secret)).access();
    }

    private List<String> accessWith(String... lines) {
        return accessWith(Map.of("users", String.join("\n", lines)));
    }

    private static final List<String> BAD_HASHES = List.of(
            ":$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.",
            ":$5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.",
            ":$y$j9T$abcdefghijklmnop$3dL1LkYnZM.OVXuVdnnaKVDlLYT92dRwOzDZ5XiVCe.",
            ":{SHA}5en6G6MezRroT3XKqkdPOmY",
            ":plain",
            ":",
            "",
            OLD + ":more",
            ":" + "a".repeat(64 * 1024));

    static Stream<String> badLines() {
        return Stream.concat(Stream.of("# a comment", " "), BAD_HASHES.stream().map(hash -> "bob" + hash));
    }

    static List<String> badHashes() {
        return BAD_HASHES;
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void aBadLineKeepsNeitherARemovedUserNorAnOldPassword(String badLine) {
        accessWith(TWO_USERS);
        assertThat(accessWith("alice" + OLD, badLine)).as("mallory is removed").containsExactly("alice" + OLD);
        assertThat(accessWith(badLine, "alice" + NEW)).as("and alice renewed").containsExactly("alice" + NEW);
        assertThat(accessWith(badLine)).as("and removed").isEmpty();
        assertThat(site.ingresses())
                .contains("closed recordsponge.test http")
                .noneMatch(kind -> kind.startsWith("auth"));
    }

    @ParameterizedTest
    @MethodSource("badHashes")
    void aUsersBadLineLeavesTheLastValidOne(String badHash) {
        accessWith(TWO_USERS);
        assertThat(accessWith("alice" + badHash, "mallory" + OLD)).containsExactly("alice" + OLD, "mallory" + OLD);
        assertThat(accessWith("alice" + badHash)).as("mallory is removed").containsExactly("alice" + OLD);
        assertThat(accessWith("alice" + badHash, "mallory" + badHash))
                .as("a removed user does not return")
                .containsExactly("alice" + OLD);
        assertThat(accessWith("alice" + NEW)).as("corrected").containsExactly("alice" + NEW);
    }

    @ParameterizedTest
    @EnumSource
    void aRemovedUserHasNoAccessWhileTheRouteWaits(RouteWait wait) {
        accessWith(TWO_USERS);
        var served = site.ingresses();
        site.reconcile(() -> wait.of(protectedSite().secret("users", Map.of("users", "alice" + OLD))));
        assertThat(site.access()).containsExactly("alice" + OLD);
        assertThat(site.ingresses()).isEqualTo(served);
    }

    @Test
    void otherKeysAreNotCopied() {
        accessWith(TWO_USERS);
        assertThat(accessWith(Map.of("users", "alice" + NEW, "auth", "eve" + OLD)))
                .containsExactly("alice" + NEW);
        assertThat(protectedSite()
                        .secret("users", Map.of("users", "alice" + NEW, "note", "x"))
                        .plan()
                        .blockers())
                .isEmpty();
    }

    /** The operator copies nothing of it, but whoever is missing in it has no access. */
    @Test
    void aSecretThatIsTooLargeEndsOnlyTheAccessOfThoseWhoAreRemoved() {
        var filling = Stream.iterate(0, index -> index + 1)
                .limit(8_000)
                .map(index -> "user" + index + OLD)
                .toArray(String[]::new);
        accessWith(TWO_USERS);
        assertThat(accessWith(String.join("\n", filling), "alice" + NEW)).containsExactly("alice" + OLD);
        assertThat(accessWith(filling)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\n"})
    void noUserHasAccessOnceAllAreRemoved(String empty) {
        accessWith(TWO_USERS);
        assertThat(accessWith(empty)).isEmpty();
        assertThat(site.ingresses()).containsExactly("closed recordsponge.test http", "site recordsponge.test http");
        assertThat(accessWith("alice" + NEW)).containsExactly("alice" + NEW);
    }

    @Test
    void aSecretThatCannotBeReadRemovesNobody() {
        accessWith(TWO_USERS);
        assertThat(accessWith(Map.of("other", ""))).containsExactly(TWO_USERS.split("\n"));
        assertThat(site.reconcile(UsersTest::protectedSite).access()).containsExactly(TWO_USERS.split("\n"));
    }

    @Test
    void aSiteThatStartsWithABadLineServesTheOthers() {
        assertThat(accessWith("alice" + OLD, "bob:plain")).containsExactly("alice" + OLD);
        assertThat(accessWith("bob:plain", "alice" + OLD)).containsExactly("alice" + OLD);
    }

    @Test
    void theLastLineOfAUserCounts() {
        assertThat(accessWith("alice" + NEW, "alice" + OLD, "alice:plain"))
                .as("in this order, as Traefik reads them")
                .containsExactlyInAnyOrder("alice" + NEW, "alice" + OLD);
    }

    @Test
    void whoHasAccessMeanwhileIsReported() {
        var lines = Map.of("users", "alice" + OLD + "\nbob:plain");
        var start = protectedSite().secret("users", lines);
        assertThat(start.plan().blockers()).isEmpty();
        assertThat(start.plan()
                        .get(RoutePlan.class)
                        .options()
                        .basicAuth()
                        .getFirst()
                        .flaw())
                .hasValueSatisfying(flaw -> {
                    assertThat(flaw.reason()).isEqualTo(Reason.SECRET_INVALID);
                    assertThat(flaw.message()).startsWith("Secret users of ingress.basicAuth is invalid: line 2");
                    assertThat(flaw.meanwhile()).endsWith("a removed user has no access.");
                });
        assertThat(protectedSite().secret("users", Map.of("users", "")).plan().blocked(ROUTE))
                .as("the rest of the site is served")
                .isFalse();
    }
}
