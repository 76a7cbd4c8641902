package com.recordsponge.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus.WaitingHost;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.HostRules;
import com.recordsponge.operator.plan.WithheldHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a DNS name passes to an environment of another namespace. */
class HostRulebookTest {

    private static final String HOST = "site.test";
    private static final Instant RELEASED = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant SOON = RELEASED.plusSeconds(30);
    private static final Instant LATER = RELEASED.plus(Duration.ofMinutes(10));
    private static final HostRelease PROD = new HostRelease("prod/site", Optional.of(RELEASED));
    private static final HostRelease UNOBSERVED = new HostRelease("prod/site", Optional.empty());

    private final HostRulebook rulebook = new HostRulebook(HostRules.NONE, Duration.ofMinutes(10));

    private static HostClaim claim(String environment, int second, Set<String> served, Map<String, HostRelease> waits) {
        return new HostClaim(environment, "2026-01-01T00:00:%02dZ".formatted(second), Set.of(HOST), served, waits);
    }

    private static HostClaim requesting(String environment, int second) {
        return claim(environment, second, Set.of(), Map.of());
    }

    private static HostClaim waiting(String environment, HostRelease release) {
        return claim(environment, 1, Set.of(), Map.of(HOST, release));
    }

    private HostDecision decide(HostClaim claim, Instant now, HostClaim... others) {
        return rulebook.decide(claim, List.of(others), Map.of(), now);
    }

    @Test
    void anotherNamespaceWaitsForTheGracePeriod() {
        var decision = decide(waiting("dev/site", PROD), SOON);
        assertThat(decision.withheld())
                .isEqualTo(
                        Map.of(
                                HOST,
                                new WithheldHost(
                                        Reason.HOST_CONFLICT,
                                        "Environment prod/site used host site.test until 2026-01-01T12:00:00Z. This environment takes it over at 2026-01-01T12:10:00Z, unless an environment of namespace prod requests it before.")));
        assertThat(decision.waiting()).containsExactly(new WaitingHost(HOST, "prod/site", RELEASED.toString()));
        assertThat(decision.recheck()).contains(Duration.between(SOON, LATER));
    }

    @Test
    void aNameIsReservedForTheNamespacesOfItsRules() {
        var rules = new HostRulebook(HostRules.parse("prod=*;dev=dev.test"), Duration.ofMinutes(10));
        assertThat(rules.reserved(HOST, "dev").orElseThrow().clause()).contains("only environments of namespace prod");
        assertThat(rules.reserved("dev.test", "dev")).isEmpty();
        assertThat(rules.reserved(HOST, "prod")).isEmpty();
        assertThat(rules.reserved("the common name", "dev")).as("no DNS name").isEmpty();
    }

    @Test
    void afterTheGracePeriodAnotherNamespaceTakesOver() {
        var decision = decide(waiting("dev/site", PROD), LATER);
        assertThat(decision.taken()).isEmpty();
        assertThat(decision.withheld()).isEmpty();
        assertThat(decision.waiting()).isEmpty();
    }

    @Test
    void theSameNamespaceTakesOverAtOnce() {
        assertThat(decide(waiting("prod/next", PROD), SOON).withheld()).isEmpty();
    }

    /** As after kubectl replace --force, which deletes an environment and creates it again. */
    @Test
    void theOwnersNamespaceGetsItBackAlthoughItIsYounger() {
        var replaced = requesting("prod/site", 50);
        var waiting = waiting("dev/site", PROD);
        assertThat(decide(replaced, SOON, waiting).taken()).isEmpty();
        assertThat(decide(waiting, SOON, replaced).taken()).isEqualTo(Map.of(HOST, "prod/site"));
    }

    /** The operator did not run while the owner was deleted. */
    @Test
    void anUnobservedReleaseStartsTheGracePeriod() {
        var decision = decide(waiting("dev/site", UNOBSERVED), SOON);
        assertThat(decision.waiting()).containsExactly(new WaitingHost(HOST, "prod/site", SOON.toString()));
        assertThat(decision.recheck()).contains(Duration.ofMinutes(10));
    }

    @Test
    void aNewEnvironmentWaitsLikeThoseThatWaitAlready() {
        var fresh = requesting("other/site", 40);
        assertThat(decide(fresh, SOON, waiting("dev/site", PROD)).withheld()).containsKey(HOST);
        assertThat(rulebook.decide(fresh, List.of(), Map.of(HOST, PROD), SOON).withheld())
                .containsKey(HOST);
    }

    @Test
    void aRunningSiteKeepsItsHostWhoeverOwnedItBefore() {
        var serving = claim("dev/site", 1, Set.of(HOST), Map.of());
        assertThat(rulebook.decide(serving, List.of(), Map.of(HOST, PROD), SOON).withheld())
                .isEmpty();
    }

    @Test
    void theStatusNamesTheOwnerOfAnotherNamespace() {
        var owner = claim("prod/site", 2, Set.of(HOST), Map.of());
        assertThat(decide(requesting("dev/site", 1), SOON, owner).waiting())
                .containsExactly(new WaitingHost(HOST, "prod/site", null));
        assertThat(decide(requesting("prod/next", 1), SOON, owner).waiting()).isEmpty();
    }

    @Test
    void aRuleGivesANameOnlyToItsNamespaces() {
        var rules = new HostRulebook(HostRules.parse("prod=site.test"), Duration.ofMinutes(10));
        var decision = rules.decide(requesting("dev/site", 1), List.of(), Map.of(), SOON);
        assertThat(decision.withheld().get(HOST))
                .isEqualTo(
                        new WithheldHost(
                                Reason.HOST_NOT_ALLOWED,
                                "Host site.test is only for prod, by the operator's chart value hosts, and this environment is in namespace dev; request another name, or add the namespace there."));
        assertThat(rules.decide(requesting("prod/site", 2), List.of(requesting("dev/site", 1)), Map.of(), SOON))
                .isEqualTo(new HostDecision(Map.of(), Map.of(), List.of(), Optional.empty()));
    }

    /** A rule that is added later, perhaps with a mistake, stops no site. */
    @Test
    void aRuleTakesNoNameFromASiteUnlessAnotherMayHaveIt() {
        var rules = new HostRulebook(HostRules.parse("prod=site.test"), Duration.ofMinutes(10));
        var serving = claim("dev/site", 1, Set.of(HOST), Map.of());
        assertThat(rules.decide(serving, List.of(), Map.of(), SOON).taken()).isEmpty();
        assertThat(rules.decide(serving, List.of(requesting("prod/site", 2)), Map.of(), SOON)
                        .taken())
                .isEqualTo(Map.of(HOST, "prod/site"));
    }
}
