package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeletionClusterTest extends ClusterTest {

    private final TestEnvironment environment = environment("deletion");

    @Test
    void deletionKeepsOnlySessionKeyAndCertificate() {
        var database = database(environment);
        var users = secret(environment.name() + "-users", Map.of("users", "nobody:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="));
        var spec = """
        tier: staging
        image: recordsponge/expungeservice:staging
        host: %1$s
        aliases: [www-%1$s]
        tls: {issuerRef: {name: recordsponge-ca}}
        ingress:
          hsts: {maxAge: 1h}
          basicAuth: [{path: /access/, secretRef: {name: %2$s}}]
          timeout: 300s
        database: {host: %3$s, name: %4$s, credentialsSecretRef: {name: %5$s}}
        """.formatted(environment.host(), users, cluster.databaseHost(), database.name(), database.secret());
        environment.apply(spec);
        environment.awaitServed();
        var name = environment.name();
        assertThat(ChildObjects.all(environment))
                .extracting(object -> object.replaceFirst("-[0-9a-f]{8}$", "-(hash)"))
                .contains(
                        "Deployment/" + name,
                        "Service/" + name + "-(hash)",
                        "Service/" + name + "-db-(hash)",
                        "EndpointSlice/" + name + "-db-(hash)",
                        "Secret/" + name + "-database-(hash)",
                        "Secret/" + name + "-copy-(hash)",
                        "Ingress/" + name + "-(hash)",
                        "Ingress/" + name + "-http-(hash)",
                        "Middleware/" + name + "-hsts-(hash)",
                        "ServersTransport/" + name + "-(hash)",
                        "Certificate/" + name + "-tls-(hash)");
        var key = environment.secretValue(name + "-session-key", "SECRET_KEY");
        var tlsSecret = environment.tlsSecret();
        var certificate = environment.secretValue(tlsSecret, "tls.crt");

        environment.resource().delete();
        eventually(() -> assertThat(ChildObjects.all(environment))
                .containsExactlyInAnyOrder("Secret/" + name + "-session-key", "Secret/" + tlsSecret));
        assertThat(environment.child(Secret.class, database.secret()).get())
                .as("Secret of the environment's owner")
                .isNotNull();

        environment.apply(spec);
        environment.awaitServed();
        assertThat(environment.secretValue(name + "-session-key", "SECRET_KEY")).isEqualTo(key);
        assertThat(environment.secretValue(tlsSecret, "tls.crt")).isEqualTo(certificate);
        assertThat(environment.site().get("/api/db").status()).isEqualTo(200);
    }
}
