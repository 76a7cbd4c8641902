package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/**
 * An informer that starts only once. In every reconciliation the SDK starts the informer of a dependent with an activation
 * condition, and each start iterates over all objects of all environments.
 */
final class IdempotentInformerEventSource<R extends HasMetadata>
        extends InformerEventSource<R, RecordSpongeEnvironment> {

    IdempotentInformerEventSource(
            InformerEventSourceConfiguration<R> configuration, EventSourceContext<RecordSpongeEnvironment> context) {
        super(configuration, context);
    }

    @Override
    public synchronized void start() {
        if (!isRunning()) {
            super.start();
        }
    }
}
