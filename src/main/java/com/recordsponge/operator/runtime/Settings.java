package com.recordsponge.operator.runtime;

import com.recordsponge.operator.plan.PodGroup;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The operator's own settings; each is also an environment variable, such as RECORDSPONGE_DATABASE_RECHECK. */
@ConfigMapping(prefix = "recordsponge")
public interface Settings {

    LeaderElection leaderElection();

    Database database();

    NetworkPolicy networkPolicy();

    /** How long a reconciliation may run before the operator counts as stuck and is restarted. */
    @WithDefault("PT5M")
    Duration stuckAfter();

    /** How soon to look again for what the cluster lacks, such as cert-manager. */
    @WithDefault("PT5S")
    Duration capabilityRecheck();

    /** How soon to ask again for a larger volume that was refused. */
    @WithDefault("PT1M")
    Duration expansionRetry();

    /** Election of the one operator that works. */
    interface LeaderElection {

        /** Namespace of the Lease; without it there is no election. */
        Optional<String> namespace();
    }

    /** The NetworkPolicy of each environment. */
    interface NetworkPolicy {

        /** Whether environments get one. */
        @WithDefault("true")
        boolean enabled();

        /** The only pods that may send requests to the application. */
        @WithDefault("kube-system/app.kubernetes.io/name=traefik")
        @WithConverter(PodGroupConverter.class)
        PodGroup ingressController();
    }

    /** Checks that an environment's database can be logged in to. */
    interface Database {

        /** Time to connect, and again to log in. */
        @WithDefault("PT5S")
        Duration timeout();

        /** How often to check again what works. */
        @WithDefault("PT5M")
        Duration recheck();

        /** How soon to check again what fails. */
        @WithDefault("PT10S")
        Duration retry();
    }
}
