package com.recordsponge.operator.support;

import io.fabric8.kubernetes.client.Config;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets the operator of a Quarkus test access the test API server as the chart's service account. */
@Singleton
public class OperatorAccess implements KubernetesConfigCustomizer {

    private final String namespace;

    OperatorAccess(@ConfigProperty(name = OperatorResource.NAMESPACE) String namespace) {
        this.namespace = namespace;
    }

    @Override
    public void customize(Config config) {
        var access = TestApiServer.get().access(namespace, OperatorResource.RELEASE);
        config.setMasterUrl(access.getMasterUrl());
        config.setCaCertData(access.getCaCertData());
        config.setCaCertFile(access.getCaCertFile());
        config.setOauthToken(access.getOauthToken());
    }
}
