package com.recordsponge.operator.certificate;

import com.recordsponge.operator.certificate.IssuanceCause.Source;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows a Certificate to its newest CertificateRequest, that to its Order, and that to its Challenges, by owner reference.
 * cert-manager copies a Certificate's labels to the first two. An answer is remembered for some seconds.
 */
@Singleton
class Issuances implements IssuanceLookup {

    private static final ResourceDefinitionContext REQUESTS =
            kind("cert-manager.io", "CertificateRequest", "certificaterequests");
    private static final ResourceDefinitionContext ORDERS = kind("acme.cert-manager.io", "Order", "orders");
    private static final ResourceDefinitionContext CHALLENGES = kind("acme.cert-manager.io", "Challenge", "challenges");

    private static final String REVISION = "cert-manager.io/certificate-revision";
    private static final Duration REMEMBER = Duration.ofSeconds(5);

    /** Challenges have no labels. A namespace has few: cert-manager deletes them after the issuance. */
    private static final long MOST = 500;

    /** An ACME object's final states without success: the ACME server's word for them, and cert-manager's. */
    private static final Set<String> FAILED = Set.of("invalid", "expired", "errored");

    private final KubernetesClient client;
    private final RememberedAnswers<String, Problem> answers;

    Issuances(KubernetesClient client, Clock clock) {
        this.client = client;
        this.answers = new RememberedAnswers<>(clock, REMEMBER, REMEMBER);
    }

    @Override
    public Optional<Problem> problem(Certificate certificate) {
        var metadata = certificate.getMetadata();
        return answers.get(metadata.getNamespace() + "/" + metadata.getName(), () -> ask(certificate));
    }

    private Optional<Problem> ask(Certificate certificate) {
        var labels = Labels.of(certificate.getMetadata().getName());
        var request = owned(REQUESTS, labels, certificate).max(Comparator.comparingInt(Issuances::revision));
        var order = request.flatMap(found -> owned(ORDERS, labels, found).findFirst());
        var challenges =
                order.map(found -> owned(CHALLENGES, Map.of(), found).toList()).orElse(List.of());
        return Stream.of(
                        challenges.stream().filter(Issuances::hasFailed).map(found -> challenge(found, true)),
                        order.filter(Issuances::hasFailed).map(found -> problem(Source.ORDER, found, true)).stream(),
                        request.flatMap(Issuances::failedRequest).stream(),
                        challenges.stream()
                                .filter(found -> !text(found).isBlank() && !isValid(found))
                                .map(found -> challenge(found, false)))
                .flatMap(problems -> problems)
                .findFirst();
    }

    private static Problem challenge(GenericKubernetesResource challenge, boolean failed) {
        return new Problem(
                Source.CHALLENGE,
                challenge.getMetadata().getName(),
                Objects.toString(challenge.get("spec", "dnsName"), ""),
                textOrState(challenge),
                failed);
    }

    private static Problem problem(Source source, GenericKubernetesResource object, boolean failed) {
        return new Problem(source, object.getMetadata().getName(), "", textOrState(object), failed);
    }

    /** cert-manager reports a refusal in one of two conditions. */
    private static Optional<Problem> failedRequest(GenericKubernetesResource request) {
        return CertManagerConditions.find(request, "InvalidRequest")
                .filter(condition -> "True".equals(condition.get("status")))
                .or(() -> CertManagerConditions.find(request, "Ready").filter(condition -> Set.of("Failed", "Denied")
                        .contains(Objects.toString(condition.get("reason")))))
                .map(condition -> new Problem(
                        Source.REQUEST,
                        request.getMetadata().getName(),
                        "",
                        Objects.toString(condition.get("message"), ""),
                        true));
    }

    private static boolean hasFailed(GenericKubernetesResource object) {
        return FAILED.contains(state(object));
    }

    private static boolean isValid(GenericKubernetesResource object) {
        return "valid".equals(state(object));
    }

    private static String state(GenericKubernetesResource object) {
        return Objects.toString(object.get("status", "state"), "");
    }

    private static String text(GenericKubernetesResource object) {
        return Objects.toString(object.get("status", "reason"), "");
    }

    private static String textOrState(GenericKubernetesResource object) {
        return text(object).isBlank() ? "state %s".formatted(state(object)) : text(object);
    }

    private static int revision(GenericKubernetesResource request) {
        var annotations = Objects.requireNonNullElse(request.getMetadata().getAnnotations(), Map.<String, String>of());
        var revision = annotations.getOrDefault(REVISION, "");
        return revision.matches("[0-9]{1,9}") ? Integer.parseInt(revision) : 0;
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
