package com.recordsponge.operator.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Points the operator of a Quarkus test at the API server of this run. */
public final class OperatorResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        var config = TestApiServer.get().client().getConfiguration();
        var settings = new HashMap<String, String>();
        settings.put("recordsponge.capability-recheck", "PT0.2S");
        settings.put("recordsponge.database.retry", "PT0.2S");
        settings.put("quarkus.kubernetes-client.api-server-url", config.getMasterUrl());
        settings.put("quarkus.kubernetes-client.ca-cert-data", config.getCaCertData());
        settings.put("quarkus.kubernetes-client.ca-cert-file", config.getCaCertFile());
        settings.put("quarkus.kubernetes-client.client-cert-data", config.getClientCertData());
        settings.put("quarkus.kubernetes-client.client-cert-file", config.getClientCertFile());
        settings.put("quarkus.kubernetes-client.client-key-data", config.getClientKeyData());
        settings.put("quarkus.kubernetes-client.client-key-file", config.getClientKeyFile());
        settings.put("quarkus.kubernetes-client.client-key-algo", config.getClientKeyAlgo());
        settings.values().removeIf(Objects::isNull);
        return settings;
    }

    @Override
    public void stop() {
        // The API server serves the whole run.
    }
}
