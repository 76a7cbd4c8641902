package com.recordsponge.operator.environment;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happens to one environment over time: each report is made from the status that the one before it left. */
final class Story {

    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    static final Finding DATABASE_READY = Finding.ready(Component.DATABASE, "LoggedIn", "app logs in.");
    static final Finding DATABASE_REFUSES = Finding.failing(Component.DATABASE, "AuthenticationFailed", "refused.");
    static final Finding DATABASE_UNREACHABLE = Finding.failing(Component.DATABASE, "ConnectionTimeout", "no answer.");
    static final Finding AVAILABLE = Finding.ready(Component.WORKLOAD, "Available", "1 of 1 pods available.");
    static final Finding ROLLING_OUT = Finding.working(Component.WORKLOAD, "RollingOut", "0 of 1 new pods available.")
            .timedByDeployment();
    static final Finding SUSPENDED = Finding.working(Component.WORKLOAD, "Suspended", "scaled to zero.");
    static final Finding ROUTED = Finding.ready(Component.ROUTE, "Routed", "traefik serves it.");
    static final Finding ISSUED = Finding.ready(Component.CERTIFICATE, "Issued", "valid.");
    static final Finding ISSUING = Finding.working(Component.CERTIFICATE, "Issuing", "waiting on order.");

    private final EnvironmentFixture environment;
    private Instant now = BEGIN;
    private Set<Pod> pods = Set.of();
    private StatusReport last;

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

    Story pods(Pod... others) {
        pods = Set.of(others);
        return this;
    }

    Story found(Finding... findings) {
        var children = new OwnedObjects(Optional.empty(), pods, Set.of(), Set.of(), Optional.empty());
        last = StatusReport.of(
                environment.build(),
                environment.plan(),
                children,
                List.of(findings),
                new StatusReport.Details(null, null, null),
                now);
        environment.status(last.status());
        return this;
    }

    EnvironmentStatus status() {
        return last.status();
    }

    Condition condition(String type) {
        return Conditions.find(status().conditions(), type).orElseThrow();
    }

    /** The condition's status and reason. */
    String told(String type) {
        return condition(type).getStatus() + " " + condition(type).getReason();
    }

    Instant since(String type) {
        return Instant.parse(condition(type).getLastTransitionTime());
    }

    Optional<Duration> lookAgain() {
        return last.lookAgain();
    }
}
