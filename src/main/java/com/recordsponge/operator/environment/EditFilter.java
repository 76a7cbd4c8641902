package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Which updates of an environment the operator reacts to: edits of the spec and of the annotations by which people ask for
 * something, and its deletion. The SDK's own filter sees only the generation, which annotations do not change.
 */
public class EditFilter implements OnUpdateFilter<RecordSpongeEnvironment> {

    @Override
    public boolean accept(RecordSpongeEnvironment now, RecordSpongeEnvironment before) {
        return isEdited(now, before)
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp());
    }

    /** Whether spec or requests differ. */
    static boolean isEdited(RecordSpongeEnvironment now, RecordSpongeEnvironment before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !RequestAnnotation.allOf(now).equals(RequestAnnotation.allOf(before));
    }
}
