package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.Tier;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** An operator older than the CRD can read every environment; one that it cannot read would stop it for all. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class NewerVersionApiTest extends ApiTest {

    @Inject
    KubernetesSerialization serialization;

    @Test
    void theOperatorReadsFieldsAndValuesOfANewerVersion() {
        var environment = serialization.unmarshal("""
                apiVersion: recordsponge.com/v1
                kind: RecordSpongeEnvironment
                metadata: {name: site, namespace: ns}
                future: 1
                spec:
                  tier: demo
                  image: a:b
                  host: example.org
                  future: {a: [1]}
                  database: {host: db, name: db, sslMode: newer, future: 1, credentialsSecretRef: {name: c, future: 1}}
                  ingress: {future: 1, hsts: {future: 1}, basicAuth: [{path: /, future: 1, secretRef: {name: users}}]}
                  env: [{name: A, future: 1}]
                status:
                  future: 1
                  image: {future: 1}
                  conditions: [{type: Ready, status: "True", future: 1}]
                """, RecordSpongeEnvironment.class);
        assertThat(environment.getSpec().tier()).isEqualTo(Tier.UNKNOWN);
        assertThat(environment.getSpec().unknownValues()).containsExactly("tier", "database.sslMode");
        assertThat(environment.getSpec().host()).isEqualTo("example.org");
    }
}
