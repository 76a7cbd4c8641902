package com.recordsponge.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.WaitingHost;
import com.recordsponge.operator.plan.HostRules;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which of several environments owns a DNS name. */
class HostClaimTest {

    private static final String HOST = "site.test";
    private static final Set<String> NONE = Set.of();

    private static HostClaim claim(String environment, int createdSecond, Set<String> requested, Set<String> served) {
        return new HostClaim(
                environment, "2026-01-01T00:00:%02dZ".formatted(createdSecond), requested, served, Map.of());
    }

    private static Map<String, String> taken(HostClaim claim, HostClaim... others) {
        return new HostRulebook(HostRules.NONE, Duration.ofMinutes(10))
                .decide(claim, List.of(others), Map.of(), Instant.EPOCH)
                .taken();
    }

    private static HostClaim requesting(String environment, int createdSecond) {
        return claim(environment, createdSecond, Set.of(HOST), NONE);
    }

    /** Each environment decides separately from the claims of all others; all must reach the same decision. */
    private static void assertOwner(String owner, HostClaim... claims) {
        for (var claim : claims) {
            var others = Stream.of(claims).filter(other -> other != claim).toArray(HostClaim[]::new);
            assertThat(taken(claim, others))
                    .as(claim.environment())
                    .isEqualTo(claim.environment().equals(owner) ? Map.of() : Map.of(HOST, owner));
        }
    }

    @Test
    void aNameWithoutOtherRequestsIsFree() {
        var other = claim("ns/other", 1, Set.of("other.test"), Set.of("other.test"));
        assertThat(taken(requesting("ns/mine", 2), other)).isEmpty();
        assertThat(taken(requesting("ns/mine", 2))).isEmpty();
    }

    @Test
    void theOlderEnvironmentOwnsTheHost() {
        assertOwner("ns/older", requesting("ns/older", 1), requesting("ns/a-younger", 2));
        assertOwner("z/older", requesting("a/younger", 2), requesting("z/older", 1), requesting("m/middle", 2));
    }

    @Test
    void namespaceAndNameDecideBetweenEqualAges() {
        assertOwner("a/z", requesting("b/a", 1), requesting("a/z", 1));
        assertOwner("ns/a", requesting("ns/b", 1), requesting("ns/a", 1));
    }

    @Test
    void aServingEnvironmentPrecedesAnOlderOne() {
        assertOwner("ns/younger", requesting("ns/older", 1), claim("ns/younger", 2, Set.of(HOST), Set.of(HOST)));
    }

    @Test
    void theOlderOfTwoServingEnvironmentsOwnsIt() {
        assertOwner(
                "ns/older",
                claim("ns/older", 1, Set.of(HOST), Set.of(HOST)),
                claim("ns/younger", 2, Set.of(HOST), Set.of(HOST)));
    }

    @Test
    void aServingEnvironmentKeepsAFormerHost() {
        var moving = claim("ns/moving", 2, Set.of("next.test"), Set.of(HOST));
        assertThat(taken(requesting("ns/waiting", 1), moving)).isEqualTo(Map.of(HOST, "ns/moving"));
        assertThat(taken(moving, requesting("ns/waiting", 1))).isEmpty();
    }

    @Test
    void theServingEnvironmentThatRequestsItOwnsIt() {
        var moving = claim("ns/moving", 1, Set.of("next.test"), Set.of(HOST));
        var requesting = claim("ns/requesting", 2, Set.of(HOST), Set.of(HOST));
        assertThat(taken(moving, requesting)).isEqualTo(Map.of(HOST, "ns/requesting"));
        assertThat(taken(requesting, moving)).isEmpty();
    }

    @Test
    void everyNameIsDecidedSeparately() {
        var mine = claim("ns/mine", 2, Set.of(HOST, "a.test", "b.test"), Set.of("b.test"));
        var other = claim("ns/other", 1, Set.of("a.test", "b.test"), NONE);
        assertThat(taken(mine, other)).isEqualTo(Map.of("a.test", "ns/other"));
        assertThat(taken(other, mine)).isEqualTo(Map.of("b.test", "ns/mine"));
    }

    @Test
    void aClaimIncludesTheAliases() {
        var environment = EnvironmentFixture.environment()
                .withTls()
                .with("aliases", "[www.recordsponge.test]")
                .build();
        assertThat(HostClaim.of(environment).requested())
                .containsExactlyInAnyOrder("recordsponge.test", "www.recordsponge.test");
    }

    /** So a restarted operator, which knows only the environments, decides as before. */
    @Test
    void aClaimReadsServedHostsFromTheStatus() {
        var status = new EnvironmentStatus.Builder().hosts(List.of("old.test")).build(1, List.of());
        var environment = EnvironmentFixture.environment().status(status).build();
        assertThat(HostClaim.of(environment)).isEqualTo(HostClaim.of(environment, List.of("old.test")));
        assertThat(HostClaim.of(environment).served()).containsExactly("old.test");
        var statusless = EnvironmentFixture.environment().build();
        assertThat(HostClaim.of(statusless).served()).isEmpty();
    }

    /** All environments read it: they must not end with the one whose status somebody edited. */
    @Test
    void aSpoiltStatusReleasesNothing() {
        var status = new EnvironmentStatus.Builder()
                .waitingHosts(List.of(
                        new WaitingHost("a.test", null, null),
                        new WaitingHost("b.test", "no-namespace", null),
                        new WaitingHost("c.test", "ns/other", "yesterday"),
                        new WaitingHost("c.test", "ns/other", "2026-01-01T00:00:00Z")))
                .build(1, List.of());
        assertThat(HostClaim.of(EnvironmentFixture.environment().status(status).build())
                        .waiting())
                .isEqualTo(Map.of(
                        "c.test", new HostRelease("ns/other", Optional.of(Instant.parse("2026-01-01T00:00:00Z")))));
    }
}
