package com.recordsponge.operator.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** An operator of its own for some tests, in place of the one that the other tests share. */
public abstract class OwnOperator implements QuarkusTestProfile {

    private final Map<String, String> settings;

    /** @param settings by the constants of {@link OperatorResource} */
    protected OwnOperator(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OperatorResource.class, settings));
    }
}
