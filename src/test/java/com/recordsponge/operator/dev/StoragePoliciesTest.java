package com.recordsponge.operator.dev;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether data and credentials of a developer's environment go with it: as the storage policy says now. */
class StoragePoliciesTest {

    private static final List<PersistentVolumeClaim> CLAIMS =
            PartClaims.claims(deleting(environment().development()).plan());
    private static final List<Secret> SECRETS =
            PostgresSecrets.secrets(deleting(environment().development()).plan(), new Random(1));

    private static EnvironmentFixture deleting(EnvironmentFixture environment) {
        return environment.with("dev.storagePolicy", "Delete");
    }

    private static List<PersistentVolumeClaim> claims(EnvironmentPlan plan, List<PersistentVolumeClaim> existing) {
        return StoragePolicies.planned(plan, PartClaims.claims(plan), existing, claim -> PartClaims.kept(plan, claim));
    }

    private static List<Secret> secrets(EnvironmentPlan plan, List<Secret> existing) {
        return StoragePolicies.planned(
                plan,
                PostgresSecrets.secrets(plan, new Random(2)),
                existing,
                secret -> PostgresSecrets.kept(plan, secret));
    }

    static Stream<UnaryOperator<EnvironmentFixture>> waysNotToRequestThem() {
        return Stream.of(
                environment -> environment.with("suspend", "true"),
                environment -> environment.source(SourceLookup.State.NOT_FOUND),
                environment -> environment.with("dev.postgres", "null").with("dev.frontend", "null"),
                environment -> environment.with("dev", "null"));
    }

    /** The garbage collector would delete the database that the spec says to retain. */
    @ParameterizedTest
    @MethodSource("waysNotToRequestThem")
    void nothingGoesWithAnEnvironmentThatNoLongerSaysDelete(UnaryOperator<EnvironmentFixture> way) {
        var plan = way.apply(environment().development()).plan();
        assertThat(claims(plan, CLAIMS)).hasSize(2).allSatisfy(StoragePoliciesTest::isNotOwned);
        assertThat(secrets(plan, SECRETS)).hasSize(1).allSatisfy(StoragePoliciesTest::isNotOwned);
    }

    private static void isNotOwned(HasMetadata object) {
        assertThat(object.getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void deleteHoldsWhileSuspended() {
        var plan = deleting(environment().development()).with("suspend", "true").plan();
        var retained = PartClaims.claims(environment().development().plan());
        assertThat(claims(plan, retained)).isEqualTo(CLAIMS);
        assertThat(secrets(plan, SECRETS))
                .extracting(Secret::getMetadata)
                .isEqualTo(SECRETS.stream().map(Secret::getMetadata).toList());
    }

    @ParameterizedTest
    @MethodSource("waysNotToRequestThem")
    void nothingIsCreatedForThem(UnaryOperator<EnvironmentFixture> way) {
        assertThat(claims(way.apply(environment().development()).plan(), List.of()))
                .isEmpty();
    }

    @Test
    void aBlockedEnvironmentGrowsNoClaim() {
        var plan = environment()
                .development()
                .source(SourceLookup.State.NOT_FOUND)
                .with("dev.postgres.storage", "5Gi")
                .plan();
        assertThat(claims(plan, CLAIMS))
                .extracting(PersistentVolumeClaim::getSpec)
                .isEqualTo(CLAIMS.stream().map(PersistentVolumeClaim::getSpec).toList());
    }
}
