package com.recordsponge.operator.certificate;

import com.recordsponge.operator.certificate.IssuanceCause.Source;
import com.recordsponge.operator.certificate.IssuanceLookup.Problem;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the problem of an issuance in the objects that cert-manager created for it. */
final class IssuanceProblems {

    private static final String REVISION = "cert-manager.io/certificate-revision";

    /** An ACME object's final states without success: the ACME server's word for them, and cert-manager's. */
    private static final Set<String> FAILED = Set.of("invalid", "expired", "errored");

    /** cert-manager creates Challenges within a second, unless it has much to do. */
    private static final Duration CHALLENGE_DELAY = Duration.ofSeconds(30);

    private IssuanceProblems() {}

    /** The problem nearest to its cause: a Challenge before its Order, that before the CertificateRequest. */
    static Optional<Problem> find(
            Optional<GenericKubernetesResource> request,
            Optional<GenericKubernetesResource> order,
            List<GenericKubernetesResource> challenges,
            Instant now) {
        return Stream.of(
                        challenges.stream().filter(IssuanceProblems::hasFailed).map(found -> challenge(found, true)),
                        order
                                .filter(IssuanceProblems::hasFailed)
                                .map(found -> problem(Source.ORDER, found, true))
                                .stream(),
                        request.flatMap(IssuanceProblems::failedRequest).stream(),
                        challenges.stream()
                                .filter(found -> !text(found).isBlank() && !isValid(found))
                                .map(found -> challenge(found, false)),
                        order
                                .filter(found -> challenges.isEmpty() && lacksChallenges(found, now))
                                .map(found -> new Problem(
                                        Source.ORDER, found.getMetadata().getName(), "", "", false))
                                .stream())
                .flatMap(problems -> problems)
                .findFirst();
    }

    /** The Certificate's revision that a CertificateRequest is for. */
    static int revision(GenericKubernetesResource request) {
        var annotations = Objects.requireNonNullElse(request.getMetadata().getAnnotations(), Map.<String, String>of());
        var revision = annotations.getOrDefault(REVISION, "");
        return revision.matches("[0-9]{1,9}") ? Integer.parseInt(revision) : 0;
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

    /** cert-manager says only in an Event that it creates no Challenge. */
    private static boolean lacksChallenges(GenericKubernetesResource order, Instant now) {
        return "pending".equals(state(order))
                && Instant.parse(order.getMetadata().getCreationTimestamp())
                        .plus(CHALLENGE_DELAY)
                        .isBefore(now);
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
}
