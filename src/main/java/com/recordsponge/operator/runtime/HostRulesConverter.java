package com.recordsponge.operator.runtime;

import com.recordsponge.operator.plan.HostRules;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads the setting with the rules for hosts. An implicit converter would drop the message of {@link HostRules#parse}. */
public final class HostRulesConverter implements Converter<HostRules> {

    private static final long serialVersionUID = 1L;

    @Override
    public HostRules convert(String text) {
        return HostRules.parse(text);
    }
}
