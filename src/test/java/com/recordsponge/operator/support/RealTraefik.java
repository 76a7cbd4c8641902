package com.recordsponge.operator.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** An operator of its own for the tests with a real Traefik, which applies a change up to 2 s after it. */
public final class RealTraefik implements QuarkusTestProfile {

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(
                OperatorResource.class,
                Map.of(OperatorResource.DELAY, "PT3S", OperatorResource.NAMESPACE, "traefik-system")));
    }
}
