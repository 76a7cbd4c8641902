package com.recordsponge.operator.runtime;

import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
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
        var namespace = settings.leaderElection().namespace().get();
        var name = pod.name().get();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withGenerateName(name + ".")
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace(namespace)
                .withName(name)
                .withUid(pod.uid().orElse(null))
                .endInvolvedObject()
                .withType("Warning")
                .withReason(reason)
                .withMessage(message)
                .withNewSource()
                .withComponent(Labels.MANAGER)
                .endSource()
                .withReportingComponent(Labels.MANAGER)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
        try {
            client.v1().events().resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.debugf("Cannot record event %s: %s", reason, e.getMessage());
        }
    }
}
