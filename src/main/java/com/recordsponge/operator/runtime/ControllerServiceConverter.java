package com.recordsponge.operator.runtime;

import org.eclipse.microprofile.config.spi.Converter;

/** Reads the setting that names the ingress controller's Service; null, and so an empty setting, for none. */
public final class ControllerServiceConverter implements Converter<ControllerService> {

    private static final long serialVersionUID = 1L;

    @Override
    public ControllerService convert(String text) {
        return ControllerService.parse(text).orElse(null);
    }
}
