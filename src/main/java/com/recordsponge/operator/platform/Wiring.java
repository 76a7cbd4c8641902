package com.recordsponge.operator.platform;

import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes what the rest is given: the Kubernetes client, the clock, leader election. */
@Dependent
class Wiring {

    /** Named after the operator in the API server's audit log. */
    @Produces
    @Singleton
    KubernetesClient client(Config config, KubernetesSerialization serialization) {
        config.setUserAgent(Labels.MANAGER);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientBuilderConsumer(
                        builder -> builder.addOrReplaceInterceptor(MetadataOnly.NAME, new MetadataOnly()))
                .build();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** One operator works, others stand by; the Lease is in the operator's own namespace. */
    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(Settings settings) {
        return settings.leaderElection()
                .namespace()
                .map(namespace -> new LeaderElectionConfiguration("recordsponge-operator", namespace))
                .orElse(null);
    }
}
