package com.recordsponge.operator.support;

import java.util.Map;

/** An operator of its own for the tests with a real Traefik, which applies a change up to 2 s after it. */
public final class RealTraefik extends OwnOperator {

    public RealTraefik() {
        super(Map.of(OperatorResource.DELAY, "PT4S", OperatorResource.NAMESPACE, "traefik-system"));
    }
}
