package com.recordsponge.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the objects of an issuance say; CertManagerApiTest has them in a real API server. */
class IssuanceProblemsTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private static Optional<IssuanceLookup.Problem> problem(Instant now, GenericKubernetesResource... challenges) {
        var order = Serialization.unmarshal("""
                apiVersion: acme.cert-manager.io/v1
                kind: Order
                metadata: {name: site-1-2, creationTimestamp: "2026-01-01T00:00:00Z"}
                status: {state: pending}
                """, GenericKubernetesResource.class);
        return IssuanceProblems.find(Optional.empty(), Optional.of(order), List.of(challenges), now);
    }

    /** The issuer's solvers have selectors for other names. */
    @Test
    void anOrderWithoutChallengesIsExplained() {
        assertThat(problem(CREATED.plusSeconds(10))).isEmpty();
        assertThat(problem(CREATED.plusSeconds(40))).hasValueSatisfying(problem -> {
            assertThat(problem.failed()).as("cert-manager tries again").isFalse();
            assertThat(problem.message())
                    .startsWith("Order site-1-2: the issuer has no solver for one of the names; ")
                    .doesNotContain("cert-manager: ");
        });
    }

    @Test
    void anOrderWithChallengesWaits() {
        var challenge = Serialization.unmarshal("""
                apiVersion: acme.cert-manager.io/v1
                kind: Challenge
                metadata: {name: site-1-2-3}
                status: {state: pending}
                """, GenericKubernetesResource.class);
        assertThat(problem(CREATED.plusSeconds(40), challenge)).isEmpty();
    }
}
