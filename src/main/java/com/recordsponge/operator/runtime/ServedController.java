package com.recordsponge.operator.runtime;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceDeleteEvent;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import java.util.HashSet;
import java.util.Set;

/** The SDK's controller, whose namespaces change while it works, and whose threads outlive an exception of the SDK. */
final class ServedController<P extends HasMetadata> {

    private final Controller<P> controller;

    ServedController(Controller<P> controller, TimerLiveness liveness) {
        this.controller = controller;
        var timer = controller
                .getEventSourceManager()
                .allEventSourcesStream()
                .filter(TimerEventSource.class::isInstance)
                .<TimerEventSource<?>>map(TimerEventSource.class::cast)
                .findFirst()
                .orElseThrow();
        liveness.watch(timer);
        var guard = new EventGuard(controller.getEventProcessor(), timer, liveness, EventGuard.PAUSE);
        controller.getEventSourceManager().allEventSourcesStream().forEach(source -> source.setEventHandler(guard));
    }

    /**
     * Changes the namespaces of all informers. The SDK's own {@code changeNamespaces} stops its event processor meanwhile,
     * and then never again reconciles an environment whose reconciliation waited or ended in that time.
     */
    void change(Set<String> before, Set<String> now) {
        var gone = new HashSet<>(before);
        gone.removeAll(now);
        var environments = controller.getEventSourceManager().getControllerEventSource();
        var forgotten = gone.stream()
                .flatMap(namespace -> environments.list(namespace, _ -> true))
                .toList();
        try {
            controller.getEventSourceManager().changeNamespaces(now);
        } finally {
            forgotten.forEach(this::forget);
        }
    }

    /**
     * As if it had been deleted: its retries and checks end, and its hosts pass to other namespaces only after a grace period.
     * If its namespace returns, it is a new environment.
     */
    private void forget(P environment) {
        controller.getEventSourceManager().broadcastOnResourceEvent(ResourceAction.DELETED, environment, null);
        controller
                .getEventProcessor()
                .handleEvent(new ResourceDeleteEvent(
                        ResourceAction.DELETED, ResourceID.fromResource(environment), environment, true));
    }
}
