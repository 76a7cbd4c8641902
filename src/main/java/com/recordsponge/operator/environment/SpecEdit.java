package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Instant;
import java.util.Objects;

/**
 * The newest edit of a spec. Each edit restarts the progress deadline.
 *
 * @param unseen whether no status describes it yet
 * @param written when it was written, by the managed fields: the times of conditions change only with their status
 */
record SpecEdit(boolean unseen, Instant written) {

    static SpecEdit of(RecordSpongeEnvironment environment) {
        var metadata = environment.getMetadata();
        var status = environment.getStatus();
        var written = metadata.getManagedFields().stream()
                .filter(entry -> !"status".equals(entry.getSubresource()))
                .map(ManagedFieldsEntry::getTime)
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        return new SpecEdit(
                status == null || !Objects.equals(status.observedGeneration(), metadata.getGeneration()), written);
    }

    /** The later of a time and the time of this edit. */
    Instant orLater(Instant time) {
        return written.isAfter(time) ? written : time;
    }
}
