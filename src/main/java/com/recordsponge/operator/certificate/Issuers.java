package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Looks for cert-manager's issuers. One that was there is taken to be there for a while: many environments ask at once. */
@Singleton
public class Issuers {

    private static final String GROUP = "cert-manager.io";
    private static final ResourceDefinitionContext ISSUERS = kind("Issuer", "issuers", true);
    private static final ResourceDefinitionContext CLUSTER_ISSUERS = kind("ClusterIssuer", "clusterissuers", false);
    private static final Duration REMEMBER = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<Issuer, Instant> seen = new ConcurrentHashMap<>();

    private record Issuer(ResourceDefinitionContext kind, String namespace, String name) {}

    Issuers(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Whether the plan's issuer is one of cert-manager's own and does not exist. */
    public boolean missing(EnvironmentPlan plan) {
        var reference = plan.spec().tls().issuerRef();
        if (!GROUP.equals(reference.group())) {
            return false;
        }
        var issuer = "ClusterIssuer".equals(reference.kind())
                ? new Issuer(CLUSTER_ISSUERS, null, reference.name())
                : new Issuer(ISSUERS, plan.namespace(), reference.name());
        var now = clock.instant();
        return seen.compute(issuer, (_, last) -> {
                    if (last != null && now.isBefore(last.plus(REMEMBER))) {
                        return last;
                    }
                    return exists(issuer) ? now : null;
                })
                == null;
    }

    private boolean exists(Issuer issuer) {
        var issuers = client.genericKubernetesResources(issuer.kind());
        var named = issuer.namespace() == null
                ? issuers.withName(issuer.name())
                : issuers.inNamespace(issuer.namespace()).withName(issuer.name());
        try {
            return named.get() != null;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return true;
            }
            throw e;
        }
    }

    private static ResourceDefinitionContext kind(String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
