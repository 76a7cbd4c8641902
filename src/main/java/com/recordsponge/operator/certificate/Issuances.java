package com.recordsponge.operator.certificate;

import com.recordsponge.operator.cluster.RememberedAnswers;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Follows a Certificate to its newest CertificateRequest, that to its Order, and that to its Challenges, by owner reference.
 * cert-manager copies the labels of a Certificate to the first two. An answer is remembered for some seconds, unless the Certificate changes: it may just have failed.
 */
@Singleton
class Issuances implements IssuanceLookup {

    private static final ResourceDefinitionContext REQUESTS =
            kind("cert-manager.io", "CertificateRequest", "certificaterequests");
    private static final ResourceDefinitionContext ORDERS = kind("acme.cert-manager.io", "Order", "orders");
    private static final ResourceDefinitionContext CHALLENGES = kind("acme.cert-manager.io", "Challenge", "challenges");

    private static final Duration REMEMBER = Duration.ofSeconds(5);

    /** Challenges have no labels. A namespace has few: cert-manager deletes them after the issuance. */
    private static final long MOST = 500;

    private final KubernetesClient client;
    private final Clock clock;
    private final RememberedAnswers<String, Problem> answers;

    Issuances(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.answers = new RememberedAnswers<>(clock, REMEMBER, REMEMBER);
    }

    @Override
    public Optional<Problem> problem(Certificate certificate) {
        var metadata = certificate.getMetadata();
        return answers.get(
                metadata.getNamespace() + "/" + metadata.getName(),
                metadata.getResourceVersion(),
                () -> ask(certificate));
    }

    private Optional<Problem> ask(Certificate certificate) {
        var labels = new HashMap<>(certificate.getMetadata().getLabels());
        labels.keySet().retainAll(Labels.of("").keySet());
        var request = owned(REQUESTS, labels, certificate).max(Comparator.comparingInt(IssuanceProblems::revision));
        var order = request.flatMap(found -> owned(ORDERS, labels, found).findFirst());
        var challenges =
                order.map(found -> owned(CHALLENGES, Map.of(), found).toList()).orElse(List.of());
        return IssuanceProblems.find(request, order, challenges, clock.instant());
    }

    /** A cluster that does not let the operator list them, or that has no such kind, has none. */
    private Stream<GenericKubernetesResource> owned(
            ResourceDefinitionContext kind, Map<String, String> labels, HasMetadata owner) {
        try {
            return client
                    .genericKubernetesResources(kind)
                    .inNamespace(owner.getMetadata().getNamespace())
                    .withLabels(labels)
                    .list(new ListOptionsBuilder().withLimit(MOST).build())
                    .getItems()
                    .stream()
                    .filter(object -> object.getOwnerReferenceFor(owner).isPresent());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Stream.empty();
            }
            throw e;
        }
    }

    private static ResourceDefinitionContext kind(String group, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
