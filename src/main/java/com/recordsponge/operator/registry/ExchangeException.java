package com.recordsponge.operator.registry;

import java.io.IOException;

/** An exchange over HTTP that the operator ended. Its message follows the registry's name, and has only our own words. */
final class ExchangeException extends IOException {

    private static final long serialVersionUID = 1L;

    ExchangeException(String message) {
        super(message);
    }
}
