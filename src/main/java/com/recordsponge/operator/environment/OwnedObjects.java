package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.Certificate;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.Set;

/** The children of an environment that its status tells of, as last seen. */
record OwnedObjects(
        Optional<Deployment> deployment,
        Set<Pod> pods,
        Set<PersistentVolumeClaim> claims,
        Set<Ingress> ingresses,
        Optional<Certificate> certificate) {

    static OwnedObjects of(Context<RecordSpongeEnvironment> context) {
        return new OwnedObjects(
                context.getSecondaryResource(Deployment.class),
                context.getSecondaryResources(Pod.class),
                context.getSecondaryResources(PersistentVolumeClaim.class),
                context.getSecondaryResources(Ingress.class),
                context.getSecondaryResource(Certificate.class));
    }
}
