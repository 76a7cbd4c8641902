package com.recordsponge.operator.runtime;

import com.recordsponge.operator.runtime.NamespaceAccess.State;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.quarkiverse.operatorsdk.runtime.QuarkusControllerConfiguration;
import io.quarkus.runtime.Quarkus;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
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
    private final Function<String, NamespaceAccess> access;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private RegisteredController<?> controller;
    private Set<String> applied = Set.of();

    OperatorStart(
            ConfigurationService configuration,
            WatchedNamespaces namespaces,
            Function<String, NamespaceAccess> access) {
        super(configuration);
        this.namespaces = namespaces;
        this.access = access;
    }

    <P extends HasMetadata> void registerServed(Reconciler<P> reconciler) {
        var configured =
                (QuarkusControllerConfiguration<P>) getConfigurationService().getConfigurationFor(reconciler);
        namespaces.configure(configured.getEffectiveNamespaces());
        controller = register(reconciler, new ServedNamespaces<>(configured, namespaces));
    }

    /** Returns at once, so that the health checks answer while the operator waits for the API server. */
    @Override
    public void start() {
        var thread = new Thread(this::run, "operator-start");
        thread.setDaemon(true);
        thread.start();
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
                applied = namespaces.served();
                super.start();
                namespaces.started();
            }
            while (!isStopped(LAST_RETRY)) {
                follow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The operator cannot start.", e);
            Quarkus.asyncExit(FAILED);
        }
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
        var watched = watched();
        namespaces.configured().stream()
                .filter(namespace -> !watched.contains(namespace))
                .forEach(namespace -> namespaces.record(namespace, access.apply(namespace)));
        var now = namespaces.served();
        if (!now.equals(applied)) {
            change(now);
        }
    }

    /**
     * The SDK fails to resume while it remembers its own write of an environment of a namespace that it no longer watches.
     * Its check of such memories ({@link ServedNamespaces}) ends that.
     */
    private void change(Set<String> served) {
        try {
            controller.changeNamespaces(served);
            applied = served;
        } catch (NoSuchElementException e) {
            LOG.debugf(e, "Cannot change to the namespaces %s yet.", served);
        }
    }

    /** The namespaces that all informers watch at this moment. */
    private Set<String> watched() {
        return RunningInformers.of(controller)
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.reducing(
                                true, informer -> informer.getValue().isWatching(), Boolean::logicalAnd)))
                .entrySet()
                .stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private boolean isStopped(Duration patience) throws InterruptedException {
        return stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
