package com.recordsponge.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names of referenced objects that look like something else in a request's path. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class ReferencedNamesApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: staging.example.org
      database: {host: db.example.org, name: named, credentialsSecretRef: {name: %1$s}}
      envFrom: [{secretRef: {name: %1$s}}, {configMapRef: {name: %2$s}}]
      """;

    @Test
    void objectsNamedAfterTheirKindAreRead() {
        referencing("secrets", "configmaps");
    }

    @Test
    void objectsNamedAfterTheOtherKindAreRead() {
        referencing("configmaps", "secrets");
    }

    private void referencing(String secret, String configMap) {
        credentials(secret, "pa55word");
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(configMap)
                        .endMetadata()
                        .withData(Map.of("LOG_LEVEL", "info"))
                        .build())
                .serverSideApply();
        apply("site", SPEC.formatted(secret, configMap));
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        awaitCondition("site", "WorkloadAvailable", "False", "RollingOut");
        assertThat(child(Deployment.class, "site").get()).isNotNull();
    }
}
