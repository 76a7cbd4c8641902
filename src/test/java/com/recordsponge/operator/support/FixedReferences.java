package com.recordsponge.operator.support;

import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.ReferencedData;
import com.recordsponge.operator.plan.ReferencedVersion;
import com.recordsponge.operator.plan.References;
import java.util.Map;
import java.util.Optional;

/** Referenced objects of a test. */
record FixedReferences(Map<Reference, ReferencedData> objects) implements References {

    @Override
    public Optional<ReferencedVersion> version(Reference reference) {
        return Optional.ofNullable(objects.get(reference)).map(ReferencedVersion::of);
    }

    @Override
    public Optional<Map<String, byte[]>> data(Reference reference) {
        return Optional.ofNullable(objects.get(reference)).map(ReferencedData::data);
    }
}
