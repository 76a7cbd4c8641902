package com.recordsponge.operator.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Installs the chart on the test API server, so that the operator of a Quarkus test has the service account, permissions
 * and watched namespaces that the chart sets: all namespaces, or one.
 */
public final class OperatorResource implements QuarkusTestResourceLifecycleManager {

    public static final String RELEASE = "recordsponge-operator";

    /** Argument: the namespace of the release; {@value #RELEASE_NAMESPACE} by default. */
    public static final String NAMESPACE = "release.namespace";

    /** Argument: the one namespace to watch; all by default. */
    public static final String WATCHED = "release.watched";

    /** Argument: how long a host stays with its last owner's namespace; not at all by default, as tests share hosts. */
    public static final String HOST_GRACE = "host.grace";

    public static final String RELEASE_NAMESPACE = "recordsponge-system";

    /** Argument: how long the ingress controller needs to load a change; a real one needs longer than the default. */
    public static final String DELAY = "ingress.delay";

    private String namespace;
    private String watched;
    private String hostGrace;
    private String delay;

    @Override
    public void init(Map<String, String> arguments) {
        namespace = arguments.getOrDefault(NAMESPACE, RELEASE_NAMESPACE);
        watched = arguments.get(WATCHED);
        hostGrace = arguments.getOrDefault(HOST_GRACE, "PT0S");
        delay = arguments.getOrDefault(DELAY, "PT0.2S");
    }

    @Override
    public Map<String, String> start() {
        var server = TestApiServer.get();
        server.namespace(namespace);
        if (watched != null) {
            server.namespace(watched);
        }
        return Map.of(
                NAMESPACE,
                namespace,
                "quarkus.operator-sdk.namespaces",
                install(server),
                "recordsponge.hosts.grace",
                hostGrace,
                "recordsponge.capability-recheck",
                "PT0.2S",
                "recordsponge.ingress-controller.delay",
                delay,
                "recordsponge.expansion-retry",
                "PT0.2S",
                "recordsponge.ingress-controller.recheck",
                "PT1S",
                "recordsponge.ingress-controller.retry",
                "PT0.1S",
                "recordsponge.ingress-controller.patience",
                "PT0.5S",
                "recordsponge.database.retry",
                "PT0.2S");
    }

    /** Returns the watched namespaces from the chart. */
    private String install(TestApiServer server) {
        var scope = watched == null ? "clusterWide=true" : "watchNamespaces={%s}".formatted(watched);
        try {
            return Chart.apply(server, RELEASE, namespace, "--set", scope).stream()
                    .filter(object -> object.getKind().equals("Deployment"))
                    .map(operator ->
                            operator.<List<Map<String, String>>>get("spec", "template", "spec", "containers", 0, "env"))
                    .flatMap(List::stream)
                    .filter(variable -> variable.get("name").equals("QUARKUS_OPERATOR_SDK_NAMESPACES"))
                    .findFirst()
                    .orElseThrow()
                    .get("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The API server runs until all tests have ended.
    }
}
