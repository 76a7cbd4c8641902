package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Builds Kubernetes Events. */
public final class EventObjects {

    private EventObjects() {}

    /**
     * An Event that has occurred once, in the namespace of the object.
     *
     * @param about the object that the Event is about
     * @param type Normal or Warning
     */
    public static Event event(ObjectReference about, String type, String reason, String message, Instant time) {
        var seconds = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getNamespace())
                .withGenerateName(about.getName() + ".")
                .endMetadata()
                .withInvolvedObject(about)
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withNewSource()
                .withComponent(Labels.MANAGER)
                .endSource()
                .withReportingComponent(Labels.MANAGER)
                .withFirstTimestamp(seconds)
                .withLastTimestamp(seconds)
                .withCount(1)
                .build();
    }
}
