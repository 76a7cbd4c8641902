package com.recordsponge.operator.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object of the required name exists and somebody else created it. The operator leaves it as it is. */
public class ForeignObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignObjectException(HasMetadata required, Throwable cause) {
        super(
                "%s %s exists and does not belong to this environment; delete or rename it, or rename the environment."
                        .formatted(required.getKind(), required.getMetadata().getName()),
                cause);
    }
}
