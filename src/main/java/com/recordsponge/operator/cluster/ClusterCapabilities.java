package com.recordsponge.operator.cluster;

import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.runtime.Settings;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Learns what the cluster offers from the discovery API, which needs no permission. What is there is remembered for
 * long, what is missing is asked for again soon.
 */
@Singleton
public class ClusterCapabilities {

    private static final Duration REMEMBER = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final Clock clock;
    private final Duration recheck;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Optional<String> value, Instant until) {}

    ClusterCapabilities(KubernetesClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.recheck = settings.capabilityRecheck();
    }

    /** What the cluster offers to an environment of the given IngressClass. */
    public Capabilities forIngressClass(String ingressClass) {
        return new Capabilities(
                serves("cert-manager.io/v1", "Certificate"),
                serves("traefik.io/v1alpha1", "Middleware"),
                remembered("IngressClass " + ingressClass, () -> controller(ingressClass))
                        .orElse(null));
    }

    private boolean serves(String apiVersion, String kind) {
        return remembered(
                        apiVersion + " " + kind,
                        () -> client.supports(apiVersion, kind) ? Optional.of(kind) : Optional.empty())
                .isPresent();
    }

    private Optional<String> controller(String ingressClass) {
        return Optional.ofNullable(client.resources(IngressClass.class)
                        .withName(ingressClass)
                        .get())
                .map(found -> found.getSpec().getController());
    }

    private Optional<String> remembered(String question, Supplier<Optional<String>> ask) {
        var now = clock.instant();
        return answers.compute(question, (_, known) -> {
                    if (known != null && now.isBefore(known.until())) {
                        return known;
                    }
                    var value = ask.get();
                    return new Answer(value, now.plus(value.isPresent() ? REMEMBER : recheck));
                })
                .value();
    }
}
