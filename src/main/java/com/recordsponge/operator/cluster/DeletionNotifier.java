package com.recordsponge.operator.cluster;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Tells who remembers something of an environment that it is gone; no finalizer is needed for that. */
public final class DeletionNotifier extends AbstractEventSource<Void, RecordSpongeEnvironment>
        implements ResourceEventAware<RecordSpongeEnvironment> {

    private final List<Consumer<ResourceID>> listeners;

    public DeletionNotifier(List<Consumer<ResourceID>> listeners) {
        super(Void.class, "departures");
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        var id = ResourceID.fromResource(environment);
        listeners.forEach(listener -> listener.accept(id));
    }

    @Override
    public Set<Void> getSecondaryResources(RecordSpongeEnvironment environment) {
        return Set.of();
    }
}
