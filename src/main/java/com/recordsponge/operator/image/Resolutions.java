package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.check.Jitter;
import com.recordsponge.operator.check.StartSpread;
import com.recordsponge.operator.check.Timer;
import com.recordsponge.operator.registry.Answer;
import com.recordsponge.operator.registry.Question;
import com.recordsponge.operator.registry.RegistryClient;
import com.recordsponge.operator.registry.Reply;
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
    private final Map<Question, Inquiry<ResourceID>> inquiries = new HashMap<>();
    private final Map<ResourceID, Inquiry<ResourceID>> asked = new HashMap<>();
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
    public synchronized Optional<Answer> answer(RecordSpongeEnvironment environment, Question question, Need need) {
        var id = ResourceID.fromResource(environment);
        var now = clock.instant();
        var inquiry = inquiries.computeIfAbsent(question, _ -> new Inquiry<>(question, now.plus(spread.delay())));
        var before = asked.put(id, inquiry);
        if (before != null && before != inquiry) {
            leave(id, before);
        }
        var otherInterval = inquiry.join(id, need, now);
        if (inquiry.answer(id).isEmpty() && !need.settled()) {
            inquiry.askBy(need.waitedFor() ? now : now.plus(spread.delay()));
        } else if (otherInterval && inquiry.reply.isPresent()) {
            inquiry.due = earlier(inquiry.due, now.plus(inquiry.pause()));
        }
        askDue();
        return inquiry.answer(id).or(() -> need.waitedFor() ? overdue(inquiry, id, now) : Optional.empty());
    }

    /** The registry hangs, or wants to be left alone: no new pod waits for that. */
    private Optional<Answer> overdue(Inquiry<ResourceID> inquiry, ResourceID environment, Instant now) {
        if (now.isBefore(inquiry.askers.get(environment).since().plus(PATIENCE))) {
            return Optional.empty();
        }
        var registry = inquiry.question.image().registry();
        return Optional.ofNullable(budgets.get(registry))
                .filter(_ -> !inquiry.running)
                .flatMap(budget -> budget.quietUntil(now))
                .map(until -> Answer.failure(
                        Reason.REGISTRY_LIMIT,
                        "Registry %s answered another question that it wants to be left alone until %s. The operator asks then."
                                .formatted(registry, until.truncatedTo(ChronoUnit.SECONDS))))
                .or(() -> Optional.of(Answer.failure(
                        Reason.REGISTRY_UNREACHABLE,
                        "Registry %s has not answered yet. The operator goes on asking.".formatted(registry))));
    }

    @Override
    public synchronized void release(RecordSpongeEnvironment environment) {
        var id = ResourceID.fromResource(environment);
        var inquiry = asked.remove(id);
        if (inquiry != null) {
            leave(id, inquiry);
        }
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        release(environment);
    }

    private void leave(ResourceID environment, Inquiry<ResourceID> inquiry) {
        inquiry.askers.remove(environment);
        if (inquiry.askers.isEmpty()) {
            inquiries.remove(inquiry.question);
            forgetIdleRegistries();
        }
    }

    /** A registry that wants to be left alone is remembered even while nobody asks it. */
    private void forgetIdleRegistries() {
        var now = clock.instant();
        var used = inquiries.keySet().stream()
                .map(question -> question.image().registry())
                .collect(Collectors.toSet());
        budgets.entrySet()
                .removeIf(budget ->
                        !used.contains(budget.getKey()) && budget.getValue().isIdle(now));
    }

    /** The SDK runs the event sources of every replica, but reconciles only in the one that leads. */
    @Override
    public synchronized boolean pushed(PushNotice notice) {
        if (inquiries.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        inquiries.values().stream()
                .filter(inquiry -> notice.canConcern(inquiry.question.image()))
                .forEach(inquiry -> inquiry.pushed(now));
        askDue();
        return true;
    }

    private synchronized void askDue() {
        var now = clock.instant();
        inquiries.values().stream()
                .filter(inquiry -> inquiry.isDue(now))
                .sorted(Comparator.comparing((Inquiry<ResourceID> inquiry) -> inquiry.due))
                .forEach(inquiry -> ask(inquiry, now));
        inquiries.values().stream()
                .filter(inquiry -> !inquiry.running)
                .map(inquiry -> inquiry.due)
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

    private void ask(Inquiry<ResourceID> inquiry, Instant now) {
        var budget = budgets.computeIfAbsent(inquiry.question.image().registry(), _ -> new RegistryBudget());
        var next = budget.next(now);
        if (next.isAfter(now)) {
            inquiry.due = next;
            return;
        }
        budget.start(now);
        inquiry.start(now);
        var last = inquiry.reply;
        Thread.ofVirtual()
                .name("question to " + inquiry.question.image().registry())
                .start(() -> end(inquiry, budget, reply(inquiry.question, last)));
    }

    private Reply reply(Question question, Optional<Reply> last) {
        try {
            return client.ask(question, last);
        } catch (RuntimeException e) {
            // Its message can contain the credentials.
            LOG.errorf(
                    "The question for %s failed: %s at %s",
                    question.image(), e.getClass().getName(), e.getStackTrace()[0]);
            return Reply.of(Answer.failure(
                    Reason.REGISTRY_UNREACHABLE, "The question to the registry failed; see the operator's log."));
        }
    }

    private void end(Inquiry<ResourceID> inquiry, RegistryBudget budget, Reply reply) {
        List<ResourceID> toWake;
        synchronized (this) {
            var now = clock.instant();
            budget.end(now, reply);
            toWake = inquiry.end(reply, now, jitter::shorten);
            askDue();
        }
        toWake.forEach(this::propagateEvent);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
