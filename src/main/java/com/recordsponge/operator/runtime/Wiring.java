package com.recordsponge.operator.runtime;

import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.Planner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.health.Liveness;

/** Produces what other beans inject: the Kubernetes client, the clock, the planner, leader election. */
@Dependent
class Wiring {

    private static final int LEASE_LOST = 1;

    /**
     * The user agent names the operator in the API server's audit log. Watches use HTTP instead of WebSockets. Vert.x
     * opens a connection for each; the JDK's client would share one by HTTP/2, but sends no pings, and so would use a
     * dead connection for a quarter of an hour.
     */
    @Produces
    @Singleton
    KubernetesClient client(
            Config config,
            KubernetesSerialization serialization,
            Vertx vertx,
            @Liveness ElectionLiveness election,
            RefusedReads refusedReads) {
        // Quarkus registers only resources: the client would take the error of an expired watch for one, and go on.
        serialization.registerKubernetesResource("v1", "Status", Status.class);
        config.setUserAgent(Labels.MANAGER);
        config.setOnlyHttpWatches(true);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientFactory(new ApiConnections(vertx))
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor(
                                MetadataOnlyInterceptor.NAME, new MetadataOnlyInterceptor())
                        .addOrReplaceInterceptor(AsciiWatches.NAME, new AsciiWatches())
                        .addOrReplaceInterceptor(ElectionLiveness.NAME, election)
                        .addOrReplaceInterceptor(RefusedReads.NAME, refusedReads))
                .build();
    }

    @Produces
    @Singleton
    Planner planner(@All List<Feature<?>> features) {
        return new Planner(features);
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * A singleton, since the extension's own bean has a proxy whose superclass constructor creates a second Kubernetes
     * client.
     */
    @Produces
    @Singleton
    Operator operator(
            ConfigurationService configuration,
            Reconciler<? extends HasMetadata> reconciler,
            WatchedNamespaces namespaces,
            @Liveness TimerLiveness liveness,
            KubernetesClient client,
            RefusedReads refusedReads) {
        var operator = new OperatorStart(
                configuration, namespaces, liveness, namespace -> NamespaceAccess.ask(client, namespace), refusedReads);
        operator.registerServed(reconciler);
        return operator;
    }

    /**
     * One replica reconciles, the others stand by. A replica that loses the Lease exits, but not with the SDK's {@code
     * System.exit}: while the process stops, that call deadlocks until the kubelet kills the pod.
     */
    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(Settings settings) {
        return settings.leaderElection()
                .namespace()
                .map(namespace -> LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                                settings.leaderElection().lease())
                        .withLeaseNamespace(namespace)
                        .withLeaderCallbacks(
                                new LeaderCallbacks(() -> {}, () -> Quarkus.asyncExit(LEASE_LOST), leader -> {}))
                        .build())
                .orElse(null);
    }
}
