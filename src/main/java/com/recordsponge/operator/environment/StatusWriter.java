package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.runtime.StatusListener;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;

/** Writes a status that has changed, and publishes its Events. */
@Singleton
class StatusWriter {

    private final Events events;
    private final List<StatusListener> listeners;

    StatusWriter(Events events, @All List<StatusListener> listeners) {
        this.events = events;
        this.listeners = listeners;
    }

    /**
     * Returns whether the status describes the newest spec and requests. The SDK drops the event of an edit that arrives while it waits
     * for the response to a write, since the response contains the edit.
     */
    boolean write(RecordSpongeEnvironment environment, StatusReport report, Context<RecordSpongeEnvironment> context) {
        if (report.status().equals(environment.getStatus())) {
            return true;
        }
        events.publish(environment, report);
        var written =
                context.resourceOperations().serverSideApplyPrimaryStatus(withStatus(environment, report.status()));
        listeners.forEach(listener -> listener.written(environment, report.status()));
        return !EditFilter.isEdited(written, environment);
    }

    private static RecordSpongeEnvironment withStatus(RecordSpongeEnvironment environment, EnvironmentStatus status) {
        var patch = new RecordSpongeEnvironment();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(environment.getMetadata().getNamespace())
                .withName(environment.getMetadata().getName())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
