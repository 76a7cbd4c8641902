package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.CertificateSecrets;
import com.recordsponge.operator.cluster.ReferencedObjects;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.runtime.EnvironmentsAware;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** What triggers a reconciliation, beside the environments and the objects of dependents that have their own informer. */
@Singleton
class EventSources {

    private final List<EventSource<?, RecordSpongeEnvironment>> sources;
    private final ReferencedObjects references;
    private final List<EnvironmentsAware> readers;
    private final CertificateSecrets certificates;

    /**
     * @param sources those that features define
     * @param readers what reads all environments
     */
    EventSources(
            @All List<EventSource<?, RecordSpongeEnvironment>> sources,
            ReferencedObjects references,
            @All List<EnvironmentsAware> readers,
            CertificateSecrets certificates) {
        this.sources = sources;
        this.references = references;
        this.readers = readers;
        this.certificates = certificates;
    }

    List<EventSource<?, RecordSpongeEnvironment>> of(EventSourceContext<RecordSpongeEnvironment> context) {
        readers.forEach(reader -> reader.watch(context));
        var all = new ArrayList<>(sources);
        all.addAll(references.informers(context));
        var secrets = owned("secrets", Secret.class, context);
        certificates.readFrom(secrets::list);
        all.add(secrets);
        all.add(owned("services", Service.class, context));
        all.add(owned("pods", Pod.class, context));
        return all;
    }

    private static <R extends HasMetadata> InformerEventSource<R, RecordSpongeEnvironment> owned(
            String name, Class<R> type, EventSourceContext<RecordSpongeEnvironment> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, RecordSpongeEnvironment.class)
                        .withName(name)
                        .withLabelSelector(Labels.MANAGED_SELECTOR)
                        .withSecondaryToPrimaryMapper(PlanContext::environmentOf)
                        .build(),
                context);
    }
}
