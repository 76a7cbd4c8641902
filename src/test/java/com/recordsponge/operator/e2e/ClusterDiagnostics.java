package com.recordsponge.operator.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints statuses, Events, pods and logs of a failed test before the cleanup. */
final class ClusterDiagnostics implements TestWatcher, LifecycleMethodExecutionExceptionHandler {

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        print(context);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        print(context);
        throw failure;
    }

    private static void print(ExtensionContext context) {
        var test = (ClusterTest) context.getRequiredTestInstance();
        System.err.printf("%n--- %s %s failed ---%n", test.getClass().getSimpleName(), context.getDisplayName());
        for (var environment : test.environments()) {
            var pods = "recordsponge.com/environment=" + environment.name();
            show(test, "describe", "recordsponge", environment.name());
            show(test, "get", "pods", "--selector", pods, "--output", "wide");
            show(test, "logs", "--selector", pods, "--prefix", "--tail", "30");
        }
        show(test, "get", "events", "--sort-by", ".metadata.creationTimestamp");
        show(test, "logs", "--namespace", "kube-system", "deployment/traefik", "--tail", "200");
        show(
                test,
                "logs",
                "--namespace",
                test.cluster.operatorNamespace(),
                "deployment/recordsponge-operator",
                "--tail",
                "40");
    }

    private static void show(ClusterTest test, String... arguments) {
        try {
            var output = test.printable(test.cluster.kubectl(arguments));
            System.err.printf("$ kubectl %s%n%s%n", String.join(" ", arguments), output);
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
        }
    }
}
