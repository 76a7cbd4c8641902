package com.recordsponge.operator.certificate;

import com.recordsponge.operator.cluster.RememberedAnswers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Looks up issuers in the API server. Caches existing ones for a short time, since many environments share them. */
@Singleton
class Issuers implements IssuerLookup {

    private static final ResourceDefinitionContext ISSUERS = kind("Issuer", "issuers", true);
    private static final ResourceDefinitionContext CLUSTER_ISSUERS =
            kind(CertificatePlan.Issuer.CLUSTER_ISSUER, "clusterissuers", false);
    private static final Duration REMEMBER = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final RememberedAnswers<Question, State> answers;

    private record Question(ResourceDefinitionContext kind, String namespace, String name) {}

    Issuers(KubernetesClient client, Clock clock) {
        this.client = client;
        this.answers = new RememberedAnswers<>(clock, REMEMBER, Duration.ZERO);
    }

    @Override
    public State state(CertificatePlan.Issuer issuer, String namespace) {
        if (!CertificatePlan.CERT_MANAGER.equals(issuer.group())) {
            return State.READY;
        }
        var question = CertificatePlan.Issuer.CLUSTER_ISSUER.equals(issuer.kind())
                ? new Question(CLUSTER_ISSUERS, null, issuer.name())
                : new Question(ISSUERS, namespace, issuer.name());
        return answers.get(question, () -> ask(question)).orElse(State.MISSING);
    }

    private Optional<State> ask(Question question) {
        var issuers = client.genericKubernetesResources(question.kind());
        var named = question.namespace() == null
                ? issuers.withName(question.name())
                : issuers.inNamespace(question.namespace()).withName(question.name());
        try {
            return Optional.ofNullable(named.get()).map(Issuers::state);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.of(State.READY);
            }
            throw e;
        }
    }

    /** cert-manager has not judged an issuer without the condition yet. */
    private static State state(GenericKubernetesResource issuer) {
        return CertManagerConditions.find(issuer, "Ready")
                .filter(condition -> "False".equals(condition.get("status")))
                .map(condition -> State.notReady(Objects.toString(condition.get("message"), "")))
                .orElse(State.READY);
    }

    private static ResourceDefinitionContext kind(String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(CertificatePlan.CERT_MANAGER)
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
