package com.recordsponge.operator.certificate;

import com.recordsponge.operator.cluster.RememberedAnswers;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Looks up issuers in the API server. Caches existing ones for a short time, since many environments share them. */
@Singleton
class Issuers implements IssuerLookup {

    private static final ResourceDefinitionContext ISSUERS = kind("Issuer", "issuers", true);
    private static final ResourceDefinitionContext CLUSTER_ISSUERS =
            kind(CertificatePlan.Issuer.CLUSTER_ISSUER, "clusterissuers", false);
    private static final Duration REMEMBER = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final RememberedAnswers<Question> answers;

    private record Question(ResourceDefinitionContext kind, String namespace, String name) {}

    Issuers(KubernetesClient client, Clock clock) {
        this.client = client;
        this.answers = new RememberedAnswers<>(clock, REMEMBER, Duration.ZERO);
    }

    @Override
    public boolean isMissing(CertificatePlan.Issuer issuer, String namespace) {
        if (!CertificatePlan.CERT_MANAGER.equals(issuer.group())) {
            return false;
        }
        var question = CertificatePlan.Issuer.CLUSTER_ISSUER.equals(issuer.kind())
                ? new Question(CLUSTER_ISSUERS, null, issuer.name())
                : new Question(ISSUERS, namespace, issuer.name());
        return answers.get(question, () -> exists(question)).isEmpty();
    }

    /** An issuer that the operator is not allowed to read counts as existing: cert-manager reports what is wrong with it. */
    private Optional<String> exists(Question question) {
        var issuers = client.genericKubernetesResources(question.kind());
        var named = question.namespace() == null
                ? issuers.withName(question.name())
                : issuers.inNamespace(question.namespace()).withName(question.name());
        try {
            return Optional.ofNullable(named.get())
                    .map(found -> found.getMetadata().getName());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.of(question.name());
            }
            throw e;
        }
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
