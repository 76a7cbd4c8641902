package com.recordsponge.operator.runtime;

import com.recordsponge.operator.plan.EventObjects;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Events of the operator's pod, which {@code kubectl describe pod} shows. */
@Singleton
class OperatorEvents {

    private static final Logger LOG = Logger.getLogger(OperatorEvents.class);

    private final KubernetesClient client;
    private final Settings settings;
    private final Clock clock;

    OperatorEvents(KubernetesClient client, Settings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /** Publishes a warning, unless the operator runs outside a pod. */
    void warn(String reason, String message) {
        var pod = settings.pod();
        if (pod.name().isEmpty() || settings.leaderElection().namespace().isEmpty()) {
            return;
        }
        var about = new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace(settings.leaderElection().namespace().get())
                .withName(pod.name().get())
                .withUid(pod.uid().orElse(null))
                .build();
        var event = EventObjects.event(about, "Warning", reason, message, clock.instant());
        try {
            client.v1().events().resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.debugf("Cannot record event %s: %s", reason, e.getMessage());
        }
    }
}
