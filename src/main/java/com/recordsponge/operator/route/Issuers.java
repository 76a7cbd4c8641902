package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;

/** Looks for cert-manager's issuers. */
@Singleton
public class Issuers {

    private static final String GROUP = "cert-manager.io";

    private final KubernetesClient client;

    Issuers(KubernetesClient client) {
        this.client = client;
    }

    /** Whether the plan's issuer is one of cert-manager's own and does not exist. */
    public boolean missing(EnvironmentPlan plan) {
        var issuer = plan.spec().tls().issuerRef();
        if (!GROUP.equals(issuer.group())) {
            return false;
        }
        var issuers = client.genericKubernetesResources(GROUP + "/v1", issuer.kind());
        try {
            return "ClusterIssuer".equals(issuer.kind())
                    ? issuers.withName(issuer.name()).get() == null
                    : issuers.inNamespace(plan.namespace())
                                    .withName(issuer.name())
                                    .get()
                            == null;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return false;
            }
            throw e;
        }
    }
}
