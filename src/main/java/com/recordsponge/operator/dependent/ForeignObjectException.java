package com.recordsponge.operator.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object of the wanted name exists and was made by somebody else. It is left alone. */
public class ForeignObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignObjectException(HasMetadata wanted, Throwable cause) {
        super(
                "%s %s exists and does not belong to this environment; delete or rename it, or rename the environment."
                        .formatted(wanted.getKind(), wanted.getMetadata().getName()),
                cause);
    }
}
