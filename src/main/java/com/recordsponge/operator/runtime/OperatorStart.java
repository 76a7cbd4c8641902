package com.recordsponge.operator.runtime;

import com.recordsponge.operator.runtime.NamespaceAccess.State;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.Controller;
import io.quarkiverse.operatorsdk.runtime.QuarkusControllerConfiguration;
import io.quarkus.runtime.Quarkus;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Starts the operator once the API server lists environments, and only for the namespaces that it may list: the SDK's own
 * start ends the process at the first failure, and waits minutes for each informer of a namespace that is gone. Later it
 * adds a namespace that becomes accessible, and drops one that is refused.
 */
class OperatorStart extends Operator {

    private static final Logger LOG = Logger.getLogger(OperatorStart.class);
    private static final int FAILED = 1;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    static final Duration LAST_RETRY = Duration.ofSeconds(15);

    private final WatchedNamespaces namespaces;
    private final TimerLiveness liveness;
    private final Function<String, NamespaceAccess> access;
    private final RefusedReads refusedReads;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private ServedController<?> controller;

    OperatorStart(
            ConfigurationService configuration,
            WatchedNamespaces namespaces,
            TimerLiveness liveness,
            Function<String, NamespaceAccess> access,
            RefusedReads refusedReads) {
        super(configuration);
        this.namespaces = namespaces;
        this.liveness = liveness;
        this.access = access;
        this.refusedReads = refusedReads;
    }

    <P extends HasMetadata> void registerServed(Reconciler<P> reconciler) {
        var configured =
                (QuarkusControllerConfiguration<P>) getConfigurationService().getConfigurationFor(reconciler);
        namespaces.configure(configured.getEffectiveNamespaces());
        var registered = (Controller<P>) register(reconciler, new ServedNamespaces<>(configured, namespaces));
        controller = new ServedController<>(registered, liveness);
    }

    /** Returns at once, so that the health checks answer while the operator waits for the API server. */
    @Override
    public void start() {
        Thread.ofPlatform()
                .daemon()
                .name("operator-start")
                .uncaughtExceptionHandler(OperatorStart::exit)
                .start(this::run);
    }

    @Override
    public void stop() {
        stopped.countDown();
        super.stop();
    }

    private void run() {
        try {
            awaitApiServer();
            if (!isStopped(Duration.ZERO)) {
                namespaces.setInformers(namespaces.served());
                super.start();
                namespaces.started();
            }
            while (!isStopped(LAST_RETRY)) {
                follow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void exit(Thread thread, Throwable failure) {
        LOG.error("The operator ends, as it cannot start or follow its namespaces any more.", failure);
        Quarkus.asyncExit(FAILED);
    }

    private void awaitApiServer() throws InterruptedException {
        var pause = FIRST_RETRY;
        while (!answers() && !isStopped(pause)) {
            var next = pause.multipliedBy(2);
            pause = next.compareTo(LAST_RETRY) < 0 ? next : LAST_RETRY;
        }
    }

    /** Whether the API server has answered for every namespace, and grants at least one. */
    private boolean answers() {
        var answers = namespaces.configured().stream().collect(Collectors.toMap(Function.identity(), access));
        answers.forEach(namespaces::record);
        var failures = answers.values().stream().collect(Collectors.groupingBy(NamespaceAccess::state));
        if (failures.containsKey(State.NOT_READY)) {
            namespaces.await(failures.get(State.NOT_READY).getFirst().message());
            return false;
        }
        if (!failures.containsKey(State.GRANTED)) {
            namespaces.await(failures.get(State.REFUSED).getFirst().message());
            return false;
        }
        return true;
    }

    private void follow() {
        var doubtful = new HashSet<>(refusedReads.take());
        doubtful.addAll(namespaces.refused().keySet());
        namespaces.configured().stream()
                .filter(doubtful::contains)
                .forEach(namespace -> namespaces.record(namespace, access.apply(namespace)));
        var now = namespaces.served();
        if (!now.equals(namespaces.withInformers())) {
            change(now);
        }
    }

    /** Environments of a namespace are reconciled only while all its informers are there. */
    private void change(Set<String> now) {
        var before = namespaces.withInformers();
        var kept = new HashSet<>(before);
        kept.retainAll(now);
        namespaces.setInformers(kept);
        try {
            controller.change(before, now);
            namespaces.setInformers(now);
        } catch (RuntimeException e) {
            LOG.warnf(e, "Cannot watch the namespaces %s; the operator tries again.", now);
        }
    }

    private boolean isStopped(Duration patience) throws InterruptedException {
        return stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
