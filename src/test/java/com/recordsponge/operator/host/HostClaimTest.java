package com.recordsponge.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who of several environments has a DNS name. */
class HostClaimTest {

    private static final String HOST = "site.test";
    private static final Set<String> NONE = Set.of();

    private static HostClaim claim(String environment, int createdSecond, Set<String> asked, Set<String> served) {
        return new HostClaim(environment, "2026-01-01T00:00:%02dZ".formatted(createdSecond), asked, served);
    }

    private static HostClaim asking(String environment, int createdSecond) {
        return claim(environment, createdSecond, Set.of(HOST), NONE);
    }

    /** Each environment decides for itself, seeing all others: they must come to the same answer. */
    private static void assertOwner(String owner, HostClaim... claims) {
        for (var claim : claims) {
            var others =
                    List.of(claims).stream().filter(other -> other != claim).toList();
            assertThat(claim.taken(others))
                    .as(claim.environment())
                    .isEqualTo(claim.environment().equals(owner) ? Map.of() : Map.of(HOST, owner));
        }
    }

    @Test
    void aNameThatNobodyElseAsksForIsFree() {
        var other = claim("ns/other", 1, Set.of("other.test"), Set.of("other.test"));
        assertThat(asking("ns/mine", 2).taken(List.of(other))).isEmpty();
        assertThat(asking("ns/mine", 2).taken(List.of())).isEmpty();
    }

    @Test
    void theOlderHasIt() {
        assertOwner("ns/older", asking("ns/older", 1), asking("ns/a-younger", 2));
        assertOwner("z/older", asking("a/younger", 2), asking("z/older", 1), asking("m/middle", 2));
    }

    @Test
    void ofThoseMadeInTheSameSecondTheFirstByNamespaceAndNameHasIt() {
        assertOwner("a/z", asking("b/a", 1), asking("a/z", 1));
        assertOwner("ns/a", asking("ns/b", 1), asking("ns/a", 1));
    }

    @Test
    void whoServesItKeepsItAlsoFromAnOlder() {
        assertOwner("ns/younger", asking("ns/older", 1), claim("ns/younger", 2, Set.of(HOST), Set.of(HOST)));
    }

    @Test
    void ofTwoThatServeItTheOlderKeepsIt() {
        assertOwner(
                "ns/older",
                claim("ns/older", 1, Set.of(HOST), Set.of(HOST)),
                claim("ns/younger", 2, Set.of(HOST), Set.of(HOST)));
    }

    @Test
    void whoStillServesItKeepsItFromWhoMerelyAsks() {
        var moving = claim("ns/moving", 2, Set.of("next.test"), Set.of(HOST));
        assertThat(asking("ns/waiting", 1).taken(List.of(moving))).isEqualTo(Map.of(HOST, "ns/moving"));
        assertThat(moving.taken(List.of(asking("ns/waiting", 1)))).isEmpty();
    }

    @Test
    void whoServesItAndAsksForItGoesBeforeWhoMerelyStillServesIt() {
        var moving = claim("ns/moving", 1, Set.of("next.test"), Set.of(HOST));
        var asking = claim("ns/asking", 2, Set.of(HOST), Set.of(HOST));
        assertThat(moving.taken(List.of(asking))).isEqualTo(Map.of(HOST, "ns/asking"));
        assertThat(asking.taken(List.of(moving))).isEmpty();
    }

    @Test
    void eachNameIsJudgedForItself() {
        var mine = claim("ns/mine", 2, Set.of(HOST, "a.test", "b.test"), Set.of("b.test"));
        var other = claim("ns/other", 1, Set.of("a.test", "b.test"), NONE);
        assertThat(mine.taken(List.of(other))).isEqualTo(Map.of("a.test", "ns/other"));
        assertThat(other.taken(List.of(mine))).isEqualTo(Map.of("b.test", "ns/mine"));
    }

    @Test
    void aHostAndAnAliasAreNamesAlike() {
        var environment = EnvironmentFixture.environment()
                .withTls()
                .with("aliases", "[www.recordsponge.test]")
                .build();
        assertThat(HostClaim.of(environment).requested())
                .containsExactlyInAnyOrder("recordsponge.test", "www.recordsponge.test");
    }

    /** A restarted operator knows only what the environments tell, and decides the same. */
    @Test
    void whatIsServedIsReadFromTheStatus() {
        var status = new EnvironmentStatus(1L, null, List.of("old.test"), null, null, null, null, 1, null, List.of());
        var environment = EnvironmentFixture.environment().status(status).build();
        assertThat(HostClaim.of(environment)).isEqualTo(HostClaim.of(environment, List.of("old.test")));
        assertThat(HostClaim.of(environment).served()).containsExactly("old.test");
        var statusless = EnvironmentFixture.environment().build();
        assertThat(HostClaim.of(statusless).served()).isEmpty();
    }
}
