package com.recordsponge.operator.support;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints the environments' statuses and the Events of a failed test. */
public final class Diagnostics implements TestWatcher {

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        context.getTestInstance()
                .filter(ApiTest.class::isInstance)
                .map(ApiTest.class::cast)
                .ifPresent(test -> {
                    var namespace = test.namespaceUnderTest();
                    System.err.printf("%n--- %s failed in namespace %s ---%n", context.getDisplayName(), namespace);
                    test.client()
                            .resources(RecordSpongeEnvironment.class)
                            .inNamespace(namespace)
                            .list()
                            .getItems()
                            .forEach(environment -> System.err.println(Serialization.asYaml(environment.getStatus())));
                    test.client()
                            .v1()
                            .events()
                            .inNamespace(namespace)
                            .list()
                            .getItems()
                            .forEach(event -> System.err.printf(
                                    "%s %s %s%n", event.getType(), event.getReason(), event.getMessage()));
                });
    }
}
