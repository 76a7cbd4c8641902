package com.recordsponge.operator.matrix;

import static com.recordsponge.operator.support.Patience.await;

import com.recordsponge.operator.matrix.Step.Kind;
import com.recordsponge.operator.matrix.Timeline.Entry;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** Makes the changes of one scenario on a site with visitors. */
final class ScenarioRun {

    /** After the change has begun, before it can have ended. */
    private static final Duration INTO_THE_CHANGE = Duration.ofMillis(700);

    private static final Duration POLL = Duration.ofMillis(400);

    private final Site site;
    private final Scenario scenario;
    private final CertificateCheck certificates;
    private final Timeline timeline = new Timeline();
    private final Instant began = Instant.now();
    private SiteForm form;

    ScenarioRun(World world, Scenario scenario, String namespace) {
        this.site = new Site(world, namespace);
        this.scenario = scenario;
        this.certificates = new CertificateCheck(world.authority());
        this.form = SiteForm.of(scenario.start(), false);
    }

    String namespace() {
        return site.namespace();
    }

    int changes() {
        return scenario.steps().size();
    }

    ScenarioResult execute() {
        var requests = 0;
        try {
            requests = makeChanges();
        } catch (RuntimeException e) {
            timeline.failed(e.toString());
        }
        return new ScenarioResult(
                scenario,
                requests,
                timeline.failedRequests(),
                timeline.failures(),
                timeline.failures().isEmpty() ? "" : timeline.toString(writes()));
    }

    private List<Entry> writes() {
        return site.world().writes(site.namespace(), began);
    }

    /** Returns how many requests visitors sent meanwhile. */
    private int makeChanges() {
        timeline.step("created");
        site.prepare();
        site.apply(scenario.start());
        if (!isServed()) {
            return 0;
        }
        try (var visitors =
                new SiteVisitors(site.world().visitor(), Expectation.settled(form, certificates), timeline)) {
            scenario.steps().forEach(step -> execute(step, visitors));
            watch();
            return visitors.count();
        } finally {
            site.delete();
        }
    }

    /** A new site may be Ready before the ingress controller serves it: that is not this test's subject. */
    private boolean isServed() {
        var arriving = new Expectation(form, form, certificates);
        return settles("the new site", this::isReady)
                && settles("the new site's answer", () -> {
                    for (var visit : form.visits()) {
                        if (arriving.begin(visit)
                                .flaw(visit.send(site.world().visitor()))
                                .isPresent()) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private void execute(Step step, SiteVisitors visitors) {
        timeline.step("%s: %s".formatted(scenario.row(), step));
        var next =
                step.serves().map(spec -> SiteForm.of(spec, step.interrupts())).orElse(form);
        var expectation = new Expectation(form, next, certificates);
        visitors.expect(expectation);
        if (!apply(step)) {
            return;
        }
        pause(INTO_THE_CHANGE);
        if (Math.min(form.replicas(), next.replicas()) > 1) {
            site.replaceAPod().ifPresent(pod -> timeline.add(Instant.now(), "-- deleted pod " + pod));
        }
        settle(step, expectation);
        // While a rollout is stuck, Kubernetes does not replace a former pod that is not ready.
        var required = step.kind() == Kind.BLOCKED ? Math.min(1, next.replicas()) : next.replicas();
        settles(required + " ready pods", () -> site.readyPods().size() >= required);
        visitors.expect(Expectation.settled(next, certificates));
        form = next;
    }

    /** Whether the change was made, as it should be unless the API server refuses it. */
    private boolean apply(Step step) {
        try {
            step.content().ifPresent(site::change);
            site.apply(step.spec());
            if (step.kind() == Kind.REFUSED) {
                timeline.failed("accepted");
            }
            return true;
        } catch (KubernetesClientException e) {
            if (step.kind() != Kind.REFUSED) {
                timeline.failed(e.getMessage());
            }
            return false;
        }
    }

    private void settle(Step step, Expectation expectation) {
        if (step.kind() == Kind.WORKS && !step.interrupts()) {
            settles("Ready", this::isReady);
        } else {
            settles("the operator's answer", site::isObserved);
        }
        if (step.serves().isEmpty()) {
            watch();
            return;
        }
        settles("the new form", expectation::hasArrived);
        settles(
                "pods with its variables",
                () -> site.haveVariables(step.serves().get()));
        // What still happens after it, visitors see during the next change.
        expectation.missing().forEach(visit -> timeline.failed("never answered: " + visit));
    }

    private void watch() {
        pause(site.world().watchTime());
    }

    private boolean isReady() {
        return site.unready().isEmpty();
    }

    private boolean settles(String what, Callable<Boolean> condition) {
        try {
            await().atMost(site.world().settleTime())
                    .pollInterval(POLL)
                    .ignoreExceptions()
                    .until(condition);
            timeline.add(Instant.now(), "-- " + what);
            return true;
        } catch (ConditionTimeoutException _) {
            timeline.failed("no %s after %s; %s %s"
                    .formatted(what, site.world().settleTime(), site.unready().orElse("Ready"), site.waitingPods()));
            return false;
        }
    }

    /** Visitors go on meanwhile: the time is part of the test. */
    private static void pause(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
    }
}
