package com.recordsponge.operator.runtime;

import com.recordsponge.operator.cluster.MetadataOnlyInterceptor;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes what the rest is given: the Kubernetes client, the clock, leader election. */
@Dependent
class Wiring {

    private static final String LEASE = "recordsponge-operator";
    private static final int LEASE_LOST = 1;

    /**
     * Named after the operator in the API server's audit log. Its watches are HTTP, not WebSockets: all requests then share
     * one connection by HTTP/2, where each WebSocket would need a TLS handshake and buffers of its own.
     */
    @Produces
    @Singleton
    KubernetesClient client(Config config, KubernetesSerialization serialization) {
        config.setUserAgent(Labels.MANAGER);
        config.setOnlyHttpWatches(true);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientBuilderConsumer(builder ->
                        builder.addOrReplaceInterceptor(MetadataOnlyInterceptor.NAME, new MetadataOnlyInterceptor()))
                .build();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * A singleton, since the extension's own is behind a proxy whose superclass constructor makes a second Kubernetes
     * client.
     */
    @Produces
    @Singleton
    Operator operator(ConfigurationService configuration, Instance<Reconciler<? extends HasMetadata>> reconcilers) {
        var operator = new Operator(configuration);
        reconcilers.forEach(operator::register);
        return operator;
    }

    /**
     * One operator works, others stand by; the Lease is in the operator's own namespace. One that loses it ends, but not
     * by the SDK's {@code System.exit}: called while the process stops, that waits for itself until the pod is killed.
     */
    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(Settings settings) {
        return settings.leaderElection()
                .namespace()
                .map(namespace -> new LeaderElectionConfiguration(
                        LEASE,
                        namespace,
                        LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
                        LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
                        LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
                        null,
                        new LeaderCallbacks(() -> {}, () -> Quarkus.asyncExit(LEASE_LOST), leader -> {}),
                        false))
                .orElse(null);
    }
}
