package com.recordsponge.operator.runtime;

import com.recordsponge.operator.plan.HostRules;
import com.recordsponge.operator.plan.PodGroup;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The operator's settings; each can be set by an environment variable such as RECORDSPONGE_DATABASE_RECHECK. */
@ConfigMapping(prefix = "recordsponge")
public interface Settings {

    LeaderElection leaderElection();

    Pod pod();

    Hosts hosts();

    Database database();

    NetworkPolicy networkPolicy();

    Images images();

    IngressController ingressController();

    /** How long a reconciliation can run before the liveness probe fails. */
    @WithDefault("PT5M")
    Duration stuckAfter();

    /** How often to check for what the cluster lacks, such as cert-manager. */
    @WithDefault("PT5S")
    Duration capabilityRecheck();

    /** How often to retry a refused expansion of a volume. */
    @WithDefault("PT1M")
    Duration expansionRetry();

    /** Election of the one replica that reconciles. */
    interface LeaderElection {

        /** Namespace of the Lease; without it there is no election. */
        Optional<String> namespace();

        /** Name of the Lease: one for each release of the chart. */
        @WithDefault("recordsponge-operator")
        String lease();
    }

    /** The operator's own pod, whose Events report what keeps it from its work. */
    interface Pod {

        Optional<String> name();

        Optional<String> uid();
    }

    /** Who can have which DNS name. */
    interface Hosts {

        /** Names that are only for some namespaces; without it, every namespace can have every name. */
        @WithConverter(HostRulesConverter.class)
        Optional<HostRules> rules();

        /** How long a released name stays with the namespace of its last owner. */
        @WithDefault("PT10M")
        Duration grace();
    }

    /** The NetworkPolicy of each environment. */
    interface NetworkPolicy {

        /** Whether the operator creates one. */
        @WithDefault("true")
        boolean enabled();

        /** The only pods that can send requests to the application. */
        @WithDefault("kube-system/app.kubernetes.io/name=traefik")
        @WithConverter(PodGroupConverter.class)
        PodGroup ingressController();
    }

    /** Questions to registries. */
    interface Images {

        /** Where the nodes pull, in the form of k3s' registries.yaml; without it from each registry itself. */
        Optional<Path> registries();

        /** How long the answer to a question can take in all. */
        @WithDefault("PT10S")
        Duration timeout();

        /** What senders of push notifications must know; without it the operator receives none. */
        Optional<String> pushSecret();

        /** URL with the DNS name of all replicas: one that stands by passes notifications on. */
        Optional<String> pushPeers();
    }

    /** Login checks of the databases. */
    interface Database {

        /** How long a login can take in all, with the lookup of the server's name. */
        @WithDefault("PT10S")
        Duration timeout();

        /** How often to check a login that works. */
        @WithDefault("PT5M")
        Duration recheck();

        /** How often to check a login that fails. */
        @WithDefault("PT10S")
        Duration retry();
    }

    /** The ingress controller, through which the operator asks whether the sites answer. */
    interface IngressController {

        /** Its Service, as {@link ControllerService#parse} reads it; {@code none} to ask no site. */
        @WithDefault("kube-system/traefik")
        Optional<@WithConverter(ControllerServiceConverter.class) ControllerService> service();

        /**
         * How long the ingress controller needs to load a change: nothing refers to an object that is younger, and an object to
         * which nothing refers any more exists as long.
         */
        @WithDefault("PT5S")
        Duration delay();

        /** A PEM file with authorities to trust in addition to the system's. */
        Optional<Path> caFile();

        /** How long an answer can take in all. */
        @WithDefault("PT5S")
        Duration timeout();

        /** How often to ask a site that answers. */
        @WithDefault("PT1M")
        Duration recheck();

        /** When to ask again after the first failure; the interval doubles with each. */
        @WithDefault("PT0.5S")
        Duration retry();

        /** How long a site must fail to count as failing. */
        @WithDefault("PT5S")
        Duration patience();
    }
}
