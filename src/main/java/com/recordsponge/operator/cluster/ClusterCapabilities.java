package com.recordsponge.operator.cluster;

import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.runtime.Settings;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds out what the cluster offers: APIs by discovery, which requires no permission, and IngressClasses. Caches what
 * exists for long, and what is missing for a short time.
 */
@Singleton
public class ClusterCapabilities {

    private static final Duration REMEMBER = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final RememberedAnswers<String, String> answers;

    ClusterCapabilities(KubernetesClient client, Clock clock, Settings settings) {
        this.client = client;
        this.answers = new RememberedAnswers<>(clock, REMEMBER, settings.capabilityRecheck());
    }

    /** What the cluster offers to an environment of the given IngressClass. */
    public Capabilities forIngressClass(String ingressClass) {
        return new Capabilities(
                serves("cert-manager.io/v1", "Certificate"),
                serves("traefik.io/v1alpha1", "Middleware"),
                answers.get("IngressClass " + ingressClass, () -> controller(ingressClass))
                        .orElse(null));
    }

    private boolean serves(String apiVersion, String kind) {
        return answers.get(
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
}
