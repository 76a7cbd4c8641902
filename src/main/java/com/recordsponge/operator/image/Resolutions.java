package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.check.Jitter;
import com.recordsponge.operator.check.StartSpread;
import com.recordsponge.operator.check.Timer;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.DigestQuery;
import com.recordsponge.operator.registry.RegistryClient;
import com.recordsponge.operator.registry.RegistryReply;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks registries beside the reconciliations, each question once however many environments have it. Another answer triggers
 * the reconciliation of those environments and of no others.
 *
 * <p>The SDK's per-resource polling would ask once for each environment.
 */
@Singleton
public class Resolutions extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements Digests, ResourceEventAware<RecordSpongeEnvironment> {

    /** After a start, the questions that no pod waits for are spread over this time. */
    static final Duration SPREAD = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Resolutions.class);

    private final RegistryClient client;
    private final Clock clock;
    private final Timer timer;
    private final Jitter jitter;
    private final StartSpread spread;
    private final Map<DigestQuery, SharedQuery<ResourceID>> queries = new HashMap<>();
    private final Map<ResourceID, SharedQuery<ResourceID>> asked = new HashMap<>();
    private final Map<String, RegistryBudget> budgets = new HashMap<>();
    private Instant alarm = Instant.MAX;

    @Inject
    Resolutions(RegistryClient client, Clock clock) {
        this(client, clock, Timer::inVirtualThread, RandomGenerator.getDefault());
    }

    Resolutions(RegistryClient client, Clock clock, Timer timer, RandomGenerator random) {
        super("image-digest");
        this.client = client;
        this.clock = clock;
        this.timer = timer;
        this.jitter = new Jitter(random);
        this.spread = new StartSpread(clock, jitter, SPREAD);
    }

    @Override
    public synchronized void start() {
        super.start();
        spread.begin();
    }

    @Override
    public synchronized Optional<DigestAnswer> answer(
            RecordSpongeEnvironment environment, DigestQuery question, QueryTerms terms) {
        var id = ResourceID.fromResource(environment);
        var now = clock.instant();
        var query = queries.computeIfAbsent(question, _ -> new SharedQuery<>(question, now.plus(spread.delay())));
        var before = asked.put(id, query);
        if (before != null && before != query) {
            leave(id, before);
        }
        var otherInterval = query.join(id, terms, now);
        if (query.answer(id).isEmpty() && !terms.settled()) {
            query.askBy(terms.waitedFor() ? now : now.plus(spread.delay()));
        } else if (otherInterval && query.reply.isPresent()) {
            query.due = earlier(query.due, now.plus(query.pause()));
        }
        askDue();
        return query.answer(id).or(() -> terms.waitedFor() ? overdue(query, id, now) : Optional.empty());
    }

    /** The registry hangs, or wants to be left alone: no new pod waits for that. */
    private Optional<DigestAnswer> overdue(SharedQuery<ResourceID> query, ResourceID environment, Instant now) {
        if (now.isBefore(query.askers.get(environment).since().plus(PATIENCE))) {
            return Optional.empty();
        }
        var registry = query.question.image().registry();
        return Optional.ofNullable(budgets.get(registry))
                .filter(_ -> !query.running)
                .flatMap(budget -> budget.quietUntil(now))
                .map(until -> DigestAnswer.failure(
                        Reason.REGISTRY_LIMIT,
                        "Registry %s answered another question that it wants to be left alone until %s. The operator asks then."
                                .formatted(registry, until.truncatedTo(ChronoUnit.SECONDS))))
                .or(() -> Optional.of(DigestAnswer.failure(
                        Reason.REGISTRY_UNREACHABLE,
                        "Registry %s has not answered yet. The operator goes on asking.".formatted(registry))));
    }

    @Override
    public synchronized void release(RecordSpongeEnvironment environment) {
        var id = ResourceID.fromResource(environment);
        var query = asked.remove(id);
        if (query != null) {
            leave(id, query);
        }
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        release(environment);
    }

    private void leave(ResourceID environment, SharedQuery<ResourceID> query) {
        query.askers.remove(environment);
        if (query.askers.isEmpty()) {
            queries.remove(query.question);
            forgetIdleRegistries();
        }
    }

    /** A registry that wants to be left alone is remembered even while nobody asks it. */
    private void forgetIdleRegistries() {
        var now = clock.instant();
        var used = queries.keySet().stream()
                .map(question -> question.image().registry())
                .collect(Collectors.toSet());
        budgets.entrySet()
                .removeIf(budget ->
                        !used.contains(budget.getKey()) && budget.getValue().isIdle(now));
    }

    /** The SDK runs the event sources of every replica, but reconciles only in the one that leads. */
    @Override
    public synchronized boolean pushed(PushNotice notice) {
        if (queries.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        queries.values().stream()
                .filter(query -> notice.canConcern(query.question.image()))
                .forEach(query -> query.pushed(now));
        askDue();
        return true;
    }

    private synchronized void askDue() {
        var now = clock.instant();
        queries.values().stream()
                .filter(query -> query.isDue(now))
                .sorted(Comparator.comparing((SharedQuery<ResourceID> query) -> query.due))
                .forEach(query -> ask(query, now));
        queries.values().stream()
                .filter(query -> !query.running)
                .map(query -> query.due)
                .min(Instant::compareTo)
                .ifPresent(next -> wakeAt(next, now));
    }

    private void wakeAt(Instant next, Instant now) {
        if (next.isBefore(alarm)) {
            alarm = next;
            timer.after(Duration.between(now, next), () -> wake(next));
        }
    }

    /** An alarm that an earlier one replaced does nothing. One that rings too early, as clocks differ, is set again. */
    private synchronized void wake(Instant set) {
        if (set.equals(alarm)) {
            alarm = Instant.MAX;
            askDue();
        }
    }

    private void ask(SharedQuery<ResourceID> query, Instant now) {
        var budget = budgets.computeIfAbsent(query.question.image().registry(), _ -> new RegistryBudget());
        var next = budget.next(now);
        if (next.isAfter(now)) {
            query.due = next;
            return;
        }
        budget.start(now);
        query.start(now);
        var last = query.reply;
        Thread.ofVirtual()
                .name("question to " + query.question.image().registry())
                .start(() -> end(query, budget, reply(query.question, last)));
    }

    private RegistryReply reply(DigestQuery question, Optional<RegistryReply> last) {
        try {
            return client.ask(question, last);
        } catch (RuntimeException e) {
            // Its message can contain the credentials.
            LOG.errorf(
                    "The question for %s failed: %s at %s",
                    question.image(), e.getClass().getName(), e.getStackTrace()[0]);
            return RegistryReply.of(DigestAnswer.failure(
                    Reason.REGISTRY_UNREACHABLE, "The question to the registry failed; see the operator's log."));
        }
    }

    private void end(SharedQuery<ResourceID> query, RegistryBudget budget, RegistryReply reply) {
        List<ResourceID> toWake;
        synchronized (this) {
            var now = clock.instant();
            budget.end(now, reply);
            toWake = query.end(reply, now, jitter::shorten);
            askDue();
        }
        toWake.forEach(this::propagateEvent);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
