package com.recordsponge.operator.runtime;

import com.recordsponge.operator.plan.PodGroup;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a setting that names pods. An implicit converter would drop the error message of {@link PodGroup#parse}. */
public final class PodGroupConverter implements Converter<PodGroup> {

    private static final long serialVersionUID = 1L;

    @Override
    public PodGroup convert(String text) {
        return PodGroup.parse(text);
    }
}
