package com.recordsponge.operator.chart;

import com.recordsponge.operator.support.OperatorResource;
import com.recordsponge.operator.support.OwnOperator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Runs an operator that, with the chart's default role, watches one namespace and uses leader election. */
public final class OneNamespace extends OwnOperator {

    /** The namespace of the Helm release. */
    static final String RELEASE_NAMESPACE = "one-namespace-system";

    /** The namespace that the operator watches. */
    static final String WATCHED = "one-namespace";

    public OneNamespace() {
        super(Map.of(OperatorResource.NAMESPACE, RELEASE_NAMESPACE, OperatorResource.WATCHED, WATCHED));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.operator-sdk.activate-leader-election-for-profiles", "test");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Election.class);
    }

    /** An operator that loses its lease exits; the tests must not, however busy the machine is. */
    @Alternative
    @Singleton
    static class Election {

        @Produces
        @Singleton
        LeaderElectionConfiguration leaderElection() {
            return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("recordsponge-operator")
                    .withLeaseNamespace(RELEASE_NAMESPACE)
                    .withLeaseDuration(Duration.ofMinutes(3))
                    .withRenewDeadline(Duration.ofMinutes(2))
                    .buildForTest(false);
        }
    }
}
