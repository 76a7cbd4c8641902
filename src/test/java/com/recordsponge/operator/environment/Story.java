package com.recordsponge.operator.environment;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The history of one environment: each report starts from the status that the previous report wrote. */
final class Story {

    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    static final Finding DATABASE_READY = Finding.ready(Component.DATABASE, Reason.LOGGED_IN, "app logs in.");
    static final Finding DATABASE_REFUSES =
            Finding.failing(Component.DATABASE, Reason.AUTHENTICATION_FAILED, "refused.");
    static final Finding DATABASE_UNREACHABLE =
            Finding.failing(Component.DATABASE, Reason.CONNECTION_TIMEOUT, "no answer.");
    static final Finding DATABASE_FULL =
            Finding.warning(Component.DATABASE, Reason.TOO_MANY_CONNECTIONS, "no connection is free.");
    static final Finding IMAGE_FOUND = Finding.ready(Component.IMAGE, Reason.IMAGE_FOUND, "is sha256:1.");
    static final Finding AWAITING_PROMOTION =
            new Finding(Component.IMAGE, "False", Reason.AWAITING_PROMOTION, "soaks.", Finding.Kind.WORKING, false);
    static final Finding AVAILABLE = Finding.ready(Component.WORKLOAD, Reason.AVAILABLE, "1 of 1 pods available.");
    static final Finding ROLLING_OUT = Finding.working(
                    Component.WORKLOAD, Reason.ROLLING_OUT, "0 of 1 new pods available.")
            .timedByDeployment();
    static final Finding NOT_DEPLOYED =
            Finding.working(Component.WORKLOAD, Reason.ROLLING_OUT, "The Deployment does not exist yet.");
    static final Finding SUSPENDED =
            Finding.working(Component.WORKLOAD, Reason.ENVIRONMENT_SUSPENDED, "scaled to zero.");
    static final Finding ROUTED =
            Finding.ready(Component.ROUTE, Reason.ROUTED, "The site answers at https://recordsponge.test.");
    static final Finding UNANSWERED =
            new Finding(Component.ROUTE, "Unknown", Reason.PENDING, "not asked yet.", Finding.Kind.WORKING);
    static final Finding ISSUED = Finding.ready(Component.CERTIFICATE, Reason.ISSUED, "valid.");
    static final Finding ISSUING = Finding.working(Component.CERTIFICATE, Reason.ISSUING, "waiting on order.");

    private final EnvironmentFixture environment;
    private Instant now = BEGIN;
    private StatusReport last;
    private HasMetadata[] owned = {};

    private Story(EnvironmentFixture environment) {
        this.environment = environment;
    }

    static Story of(EnvironmentFixture environment) {
        return new Story(environment);
    }

    static Story story() {
        return of(environment().withDatabase().withTls());
    }

    Story after(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** The owner changes the spec. */
    Story edited(String field, String yaml) {
        environment.with(field, yaml).written(now);
        return this;
    }

    /** The Deployment controller has rolled out the pods. */
    Story rolledOut() {
        owned = new HasMetadata[] {
            new DeploymentBuilder()
                    .withNewMetadata()
                    .withName("staging")
                    .withGeneration(1L)
                    .endMetadata()
                    .withNewStatus()
                    .withObservedGeneration(1L)
                    .addNewCondition()
                    .withType("Progressing")
                    .withStatus("True")
                    .withReason("NewReplicaSetAvailable")
                    .withLastUpdateTime(now.toString())
                    .endCondition()
                    .endStatus()
                    .build()
        };
        return this;
    }

    Story found(Finding... findings) {
        last = StatusReport.of(
                environment.state(environment.plan(), now, owned),
                List.of(findings),
                new EnvironmentStatus.Builder().url("https://recordsponge.test"),
                Stream.empty());
        environment.status(last.status());
        return this;
    }

    /** Replaces the status. */
    Story status(EnvironmentStatus written) {
        environment.status(written);
        return this;
    }

    RecordSpongeEnvironment built() {
        return environment.build();
    }

    EnvironmentStatus status() {
        return last.status();
    }

    Condition condition(String type) {
        return status().conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** The condition's status and reason. */
    String reported(String type) {
        return condition(type).getStatus() + " " + condition(type).getReason();
    }

    Instant since(String type) {
        return Instant.parse(condition(type).getLastTransitionTime());
    }

    Optional<Duration> recheck() {
        return last.recheck();
    }
}
