package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    @Test
    void inAForegroundDeletionPodsGoBeforeWhatTheyNeed() {
        var site = environment("foreground");
        site.applyStaging(database(site).yaml());
        site.awaitServed();
        assertThat(needed(site)).hasSize(4);

        site.resource()
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .withTimeoutInMillis(0)
                .delete();
        var early = new ArrayList<String>();
        eventually(() -> {
            var needed = needed(site);
            if (needed.size() < 4 && !site.pods().isEmpty()) {
                early.add("only %s were left".formatted(needed));
            }
            assertThat(needed).isEmpty();
        });

        assertThat(early).isEmpty();
        assertThat(site.pods()).isEmpty();
    }

    /** What must outlive the pods: the environment, the NetworkPolicy, and both objects of the database's address. */
    private static List<String> needed(TestEnvironment site) {
        return Stream.of(
                        Stream.ofNullable(site.resource().get()),
                        site.children(NetworkPolicy.class).stream(),
                        addressOf(site, Service.class),
                        addressOf(site, EndpointSlice.class))
                .flatMap(objects -> objects)
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
    }

    private static <R extends HasMetadata> Stream<R> addressOf(TestEnvironment site, Class<R> type) {
        return site.children(type).stream()
                .filter(object -> UniqueName.isVersion(object.getMetadata().getName(), site.name(), "-db"));
    }
}
