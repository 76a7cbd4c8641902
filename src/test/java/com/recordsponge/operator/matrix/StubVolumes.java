package com.recordsponge.operator.matrix;

import com.recordsponge.operator.support.ControllerWrites;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Binds and expands claims at once. */
final class StubVolumes implements AutoCloseable {

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final ClusterView view;

    StubVolumes(ClusterView view) {
        this.view = view;
        view.onClaim(claim -> threads.execute(() -> bind(claim)));
    }

    private void bind(PersistentVolumeClaim claim) {
        try {
            if (claim.getSpec().getVolumeName() == null) {
                view.client().resource(claim).edit(ControllerWrites::bound);
            } else if (!claim.getSpec()
                    .getResources()
                    .getRequests()
                    .equals(claim.getStatus().getCapacity())) {
                view.client().resource(claim).editStatus(ControllerWrites::boundStatus);
            }
        } catch (KubernetesClientException _) {
            // The claim has gone or changed; the change is on its way here.
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
