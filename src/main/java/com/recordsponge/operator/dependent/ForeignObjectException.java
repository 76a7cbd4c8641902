package com.recordsponge.operator.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object of the required name exists and somebody else created it. The operator does not change it. */
public class ForeignObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is in the way, and what to do. */
    public ForeignObjectException(String message) {
        super(message);
    }

    ForeignObjectException(HasMetadata required, Throwable cause) {
        super(
                "%s %s exists and does not belong to this environment; delete it, or create the environment under another name."
                        .formatted(required.getKind(), required.getMetadata().getName()),
                cause);
    }
}
