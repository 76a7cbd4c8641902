package com.recordsponge.operator.probe;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.check.CheckQueue;
import com.recordsponge.operator.check.Jitter;
import com.recordsponge.operator.check.StartSpread;
import com.recordsponge.operator.check.Timer;
import com.recordsponge.operator.runtime.Settings;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Asks the sites outside the reconciliations. An environment is reconciled only if its answer changes, so that asking a
 * thousand sites costs a thousand small requests and no reconciliation.
 */
@Singleton
public class SiteChecks extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements SiteAnswers, ResourceEventAware<RecordSpongeEnvironment> {

    /** After a start, the sites whose status is known are asked within this time. */
    static final Duration SPREAD = Duration.ofSeconds(30);

    /** After a failure the interval doubles up to this one. */
    static final Duration SLOWEST_RETRY = Duration.ofSeconds(30);

    private static final int MOST_DOUBLINGS = 20;

    /** All sites have one ingress controller. */
    static final CheckQueue.Limits LIMITS = new CheckQueue.Limits(16, 12, 16);

    private static final Logger LOG = Logger.getLogger(SiteChecks.class);

    private final SiteProbe probe;
    private final Clock clock;
    private final Settings.IngressController settings;
    private final Jitter jitter;
    private final Timer timer;
    private final StartSpread spread;
    private final CheckQueue queue = new CheckQueue(LIMITS);
    private final Map<ResourceID, SiteCheck> checks = new HashMap<>();

    @Inject
    SiteChecks(SiteProbe probe, Clock clock, Settings settings) {
        this(probe, clock, settings, RandomGenerator.getDefault(), Timer::inVirtualThread);
    }

    SiteChecks(SiteProbe probe, Clock clock, Settings settings, RandomGenerator random, Timer timer) {
        super("site");
        this.probe = probe;
        this.clock = clock;
        this.settings = settings.ingressController();
        this.jitter = new Jitter(random);
        this.timer = timer;
        this.spread = new StartSpread(clock, jitter, SPREAD);
    }

    @Override
    public synchronized void start() {
        super.start();
        spread.begin();
    }

    @Override
    public synchronized void stop() {
        checks.clear();
        super.stop();
    }

    @Override
    public boolean enabled() {
        return settings.service().isPresent();
    }

    @Override
    public synchronized Optional<ProbeResult> answer(
            RecordSpongeEnvironment environment,
            SiteRequest request,
            Optional<Revision> revision,
            Optional<ProbeResult> reported) {
        var id = ResourceID.fromResource(environment);
        var check = checks.get(id);
        if (check == null) {
            check = new SiteCheck(request, revision, settings.patience(), reported);
            begin(id, check, reported.isEmpty() ? check.settles() : spread.delay());
        } else if (!check.isOf(revision) || !request.isSameSite(check.request())) {
            check = new SiteCheck(request, revision, settings.patience(), Optional.empty());
            begin(id, check, check.settles());
        } else if (!request.equals(check.request())) {
            check = check.renewed(request);
            begin(id, check, check.settles());
        }
        return check.reported();
    }

    private void begin(ResourceID environment, SiteCheck check, Duration delay) {
        checks.put(environment, check);
        if (delay.isZero()) {
            submit(environment, check);
        } else {
            timer.after(delay, () -> repeat(environment, check));
        }
    }

    @Override
    public synchronized boolean answered(RecordSpongeEnvironment environment, String form) {
        return Optional.ofNullable(checks.get(ResourceID.fromResource(environment)))
                .filter(check -> check.request().form().equals(form))
                .filter(SiteCheck::answered)
                .isPresent();
    }

    @Override
    public synchronized void stop(RecordSpongeEnvironment environment) {
        checks.remove(ResourceID.fromResource(environment));
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        stop(environment);
    }

    private synchronized void repeat(ResourceID environment, SiteCheck check) {
        if (isWanted(environment, check)) {
            submit(environment, check);
        }
    }

    private void submit(ResourceID environment, SiteCheck check) {
        queue.submit("ingress controller", check.isWaitedFor(), () -> {
            if (isWanted(environment, check)) {
                end(environment, check, ask(environment, check.request()));
            }
        });
    }

    private synchronized boolean isWanted(ResourceID environment, SiteCheck check) {
        return checks.get(environment) == check;
    }

    private ProbeResult ask(ResourceID environment, SiteRequest request) {
        try {
            return probe.ask(request);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The check of %s failed", environment);
            return ProbeResult.failed(Reason.UNREACHABLE, "The operator could not ask %s; see its log.", request.url());
        }
    }

    private void end(ResourceID environment, SiteCheck check, ProbeResult answer) {
        boolean news;
        synchronized (this) {
            if (!isWanted(environment, check)) {
                return;
            }
            news = check.record(answer, clock.instant());
            timer.after(interval(check.failures()), () -> repeat(environment, check));
        }
        if (news) {
            propagateEvent(environment);
        }
    }

    private Duration interval(int failures) {
        if (failures == 0) {
            return jitter.shorten(settings.recheck());
        }
        var backOff = settings.retry().multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return jitter.shorten(backOff.compareTo(SLOWEST_RETRY) < 0 ? backOff : SLOWEST_RETRY);
    }
}
