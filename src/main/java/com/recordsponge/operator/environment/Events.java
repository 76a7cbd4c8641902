package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Tells of news in Kubernetes Events: once for each change of a condition's status or reason. */
@Singleton
class Events {

    private static final Logger LOG = Logger.getLogger(Events.class);

    private final KubernetesClient client;
    private final Clock clock;

    Events(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Compares the report with the status before it. */
    void publish(RecordSpongeEnvironment environment, StatusReport report) {
        var now = report.status();
        var before =
                environment.getStatus() == null ? null : environment.getStatus().conditions();
        for (var finding : report.findings()) {
            var news = Conditions.find(now.conditions(), finding.step().condition())
                    .filter(c -> isNews(c, before));
            news.ifPresent(condition -> publish(
                    environment,
                    condition,
                    finding.kind() == Finding.Kind.FAILING || finding.kind() == Finding.Kind.GAVE_UP));
        }
        Conditions.find(now.conditions(), "Ready")
                .filter(c -> "True".equals(c.getStatus()) && isNews(c, before))
                .ifPresent(condition -> publish(environment, condition, false));
        Conditions.find(now.conditions(), "Stalled")
                .filter(c -> "True".equals(c.getStatus()) && isNews(c, before))
                .ifPresent(condition -> publish(environment, condition, true));
    }

    private static boolean isNews(Condition condition, List<Condition> before) {
        return Conditions.find(before, condition.getType())
                .filter(old -> old.getStatus().equals(condition.getStatus())
                        && Objects.equals(old.getReason(), condition.getReason()))
                .isEmpty();
    }

    private void publish(RecordSpongeEnvironment environment, Condition condition, boolean warning) {
        try {
            client.v1()
                    .events()
                    .resource(event(environment, condition, warning))
                    .create();
        } catch (KubernetesClientException e) {
            LOG.warnf(
                    "The event %s of %s was not recorded: %s",
                    condition.getReason(), environment.getMetadata().getName(), e.getMessage());
        }
    }

    private Event event(RecordSpongeEnvironment environment, Condition condition, boolean warning) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(environment.getMetadata().getNamespace())
                .withGenerateName(environment.getMetadata().getName() + ".")
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(environment.getApiVersion())
                .withKind(environment.getKind())
                .withNamespace(environment.getMetadata().getNamespace())
                .withName(environment.getMetadata().getName())
                .withUid(environment.getMetadata().getUid())
                .endInvolvedObject()
                .withType(warning ? "Warning" : "Normal")
                .withReason(condition.getReason())
                .withMessage("%s: %s".formatted(condition.getType(), condition.getMessage()))
                .withNewSource()
                .withComponent(Labels.MANAGER)
                .endSource()
                .withReportingComponent(Labels.MANAGER)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
    }
}
