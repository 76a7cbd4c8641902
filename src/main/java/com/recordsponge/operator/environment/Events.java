package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EventObjects;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Publishes Kubernetes Events: one for each change of a condition's status or reason, unless an answer is on its way, and one
 * for each change of the image.
 */
@Singleton
class Events {

    private static final String IMAGE_CHANGED = "ImageChanged";

    private static final Logger LOG = Logger.getLogger(Events.class);

    private final KubernetesClient client;
    private final Clock clock;

    Events(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Compares the report with the previous status. */
    void publish(RecordSpongeEnvironment environment, StatusReport report) {
        ImageChange.describe(environment, report.status())
                .ifPresent(change -> publish(environment, "Normal", IMAGE_CHANGED, change));
        for (var finding : report.findings()) {
            changed(environment, report, finding.component().condition())
                    .filter(condition -> !"Unknown".equals(condition.getStatus()))
                    .ifPresent(condition -> publish(environment, condition, finding.isFailure()));
        }
        var ready = changed(environment, report, ConditionType.READY);
        ready.filter(condition -> "True".equals(condition.getStatus()))
                .ifPresent(condition -> publish(environment, condition, false));
        ready.filter(condition -> Reason.RECONCILE_FAILED.toString().equals(condition.getReason()))
                .ifPresent(condition -> publish(environment, condition, true));
        changed(environment, report, ConditionType.STALLED)
                .filter(condition -> "True".equals(condition.getStatus()))
                .ifPresent(condition -> publish(environment, condition, true));
    }

    /** A condition whose status or reason differs from the previous one. */
    private static Optional<Condition> changed(
            RecordSpongeEnvironment environment, StatusReport report, ConditionType type) {
        var last = Optional.ofNullable(environment.getStatus()).flatMap(status -> status.condition(type));
        return report.status().condition(type).filter(condition -> last.filter(
                        old -> old.getStatus().equals(condition.getStatus())
                                && Objects.equals(old.getReason(), condition.getReason()))
                .isEmpty());
    }

    private void publish(RecordSpongeEnvironment environment, Condition condition, boolean warning) {
        publish(
                environment,
                warning ? "Warning" : "Normal",
                condition.getReason(),
                "%s: %s".formatted(condition.getType(), condition.getMessage()));
    }

    private void publish(RecordSpongeEnvironment environment, String type, String reason, String message) {
        try {
            client.v1()
                    .events()
                    .resource(event(environment, type, reason, message))
                    .create();
        } catch (KubernetesClientException e) {
            LOG.warnf(
                    "Cannot record event %s of %s: %s",
                    reason, environment.getMetadata().getName(), e.getMessage());
        }
    }

    private Event event(RecordSpongeEnvironment environment, String type, String reason, String message) {
        var about = new ObjectReferenceBuilder()
                .withApiVersion(environment.getApiVersion())
                .withKind(environment.getKind())
                .withNamespace(environment.getMetadata().getNamespace())
                .withName(environment.getMetadata().getName())
                .withUid(environment.getMetadata().getUid())
                .build();
        return EventObjects.event(about, type, reason, message, clock.instant());
    }
}
