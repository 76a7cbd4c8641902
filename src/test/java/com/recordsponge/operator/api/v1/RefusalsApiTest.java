package com.recordsponge.operator.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.type.TypeReference;
import com.recordsponge.operator.support.TestApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server refuses or changes by the schema alone, and with which message. */
class RefusalsApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();
    private static final String NAMESPACE = "refusals";
    private static final String DATABASE = "database: {host: 10.42.0.1, name: db, credentialsSecretRef: {name: c}}";

    @BeforeAll
    static void createNamespace() {
        SERVER.namespace(NAMESPACE);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("tier: live", "Unsupported value: \"live\""),
                arguments("image: app", "image needs a tag or a digest"),
                arguments("image: registry.example.org:5000/app", "image needs a tag or a digest"),
                arguments("image: 'app@sha256:12'", "image must be an image reference"),
                arguments("image: 'app name:a'", "image must be an image reference"),
                arguments("image: 'app:one:a'", "image must be an image reference"),
                arguments(
                        "image: App:a", "image must be an image reference such as recordsponge/expungeservice:staging"),
                arguments("image: {repository: app, tag: a}", "spec.image: Invalid value"),
                arguments("release: {policy: Latest}", "Unsupported value: \"Latest\""),
                arguments("release: {interval: 4s}", "release.interval must be a duration such as 1m, at least 5s"),
                arguments("release: {interval: soon}", "release.interval must be a duration such as 1m, at least 5s"),
                arguments(
                        "release: {policy: Track}\nimage: 'app:a@sha256:%s'".formatted("a".repeat(64)),
                        "image cannot have a digest with release.policy Track, which follows a tag; remove the digest"),
                arguments("release: {rollbackTo: 'sha256:12'}", "release.rollbackTo must be a digest"),
                arguments("release: {historyLimit: 0}", "spec.release.historyLimit"),
                arguments("release: {policy: Promote}\nimage: app", "release.policy Promote needs promoteFrom"),
                arguments(
                        "release: {policy: Promote, promoteFrom: {name: other}}",
                        "image cannot have a tag or a digest with release.policy Promote"),
                arguments(
                        "release: {promoteFrom: {name: refused}}", "release.promoteFrom must name another environment"),
                arguments(
                        "release: {promoteFrom: {name: other, soak: soon}}",
                        "release.promoteFrom.soak must be a duration such as 24h"),
                arguments(
                        "imagePullSecrets: [{name: hub}, {name: hub}]",
                        "spec.imagePullSecrets[1]: Duplicate value: {\"name\":\"hub\"}"),
                arguments("host: https://example.org", "host must be a DNS name in lower case"),
                arguments("host: Example.org", "host must be a DNS name in lower case"),
                arguments("host: 10.42.0.1", "host must be a DNS name, not an IP address"),
                arguments("host: '127.1'", "host must be a DNS name, not an IP address"),
                arguments("host: 'example.org`) || PathPrefix(`/'", "host must be a DNS name in lower case"),
                arguments("tls: {issuerRef: {name: a}, secretName: b}", "tls needs exactly one of issuerRef"),
                arguments("tls: {}", "tls needs exactly one of issuerRef"),
                arguments("aliases: [www.example.org]", "aliases need tls"),
                arguments("tls: {secretName: t}\naliases: [example.org]", "aliases must not contain host"),
                arguments("tls: {secretName: t}\naliases: ['*.example.org']", "spec.aliases[0]"),
                arguments("tls: {secretName: t}\naliases: [10.42.0.1]", "aliases must be DNS names, not IP addresses"),
                arguments(
                        "tls: {secretName: t}\naliases: [www.example.org, www.example.org]",
                        "spec.aliases[1]: Duplicate value: \"www.example.org\""),
                arguments(
                        "tls: {issuerRef: {name: a, kind: Secret}}",
                        "tls.issuerRef.kind must be Issuer or ClusterIssuer"),
                arguments("ingress: {hsts: {}}", "ingress.hsts needs tls"),
                arguments("ingress: {timeout: soon}", "ingress.timeout must be a duration such as 300s"),
                arguments(
                        "ingress: {basicAuth: [{path: access, secretRef: {name: users}}]}",
                        "ingress.basicAuth.path must begin with a slash"),
                arguments(
                        "ingress: {basicAuth: [{path: /my+access/, secretRef: {name: users}}]}",
                        "other characters have a second, percent-encoded spelling, which would not be protected"),
                arguments(
                        "ingress: {basicAuth: [{path: //access, secretRef: {name: users}}]}",
                        "ingress.basicAuth.path must begin with a slash and contain only"),
                arguments(
                        "ingress: {basicAuth: [{path: /open/../access, secretRef: {name: users}}]}",
                        "ingress.basicAuth.path cannot contain the segments . and .."),
                arguments(
                        "ingress: {basicAuth: [{path: /a, secretRef: {name: b}}, {path: /a, secretRef: {name: c}}]}",
                        "spec.ingress.basicAuth[1]: Duplicate value: {\"path\":\"/a\"}"),
                arguments("sessionKeySecretRef: {name: s, key: '..key'}", "a key of a Secret cannot be a single dot"),
                arguments("resources: {requests: {gpu: 1}}", "resources.requests can name cpu, memory and"),
                arguments("resources: {limits: {memory: lots}}", "resources.limits must be quantities such as 250m"),
                arguments("resources: {limits: {cpu: -1}}", "resources.limits must be quantities such as 250m"),
                arguments("resources: {limits: {memory: 512m}}", "resources.limits: memory and ephemeral-storage must"),
                arguments("resources: {requests: {memory: 512m}}", "so write 512Mi instead of 512m"),
                arguments("resources: {limits: {memory: 512}}", "resources.limits: memory and ephemeral-storage must"),
                arguments("resources: {limits: {ephemeral-storage: 1000m}}", "at least 8Mi, or 0"),
                arguments(
                        "resources: {requests: {memory: 2Gi}, limits: {memory: 1Gi}}",
                        "resources.requests exceeds resources.limits"),
                arguments("sessions: {}", "spec.sessions.storage: Required value"),
                arguments("sessions: {storage: lots}", "sessions.storage must be a size such as 512Mi or 1Gi"),
                arguments("sessions: {storage: -1Gi}", "sessions.storage must be a size such as 512Mi or 1Gi"),
                arguments("sessions: {storage: 0Gi}", "at least 1Mi"),
                arguments("sessions: {storage: 100m}", "sessions.storage must be a size such as 512Mi or 1Gi"),
                arguments("sessions: {storage: 1Gi, storageClassName: 'a b'}", "spec.sessions.storageClassName"),
                arguments("progressDeadline: 1d", "progressDeadline must be a duration such as 90s or 5m"),
                arguments(
                        "progressDeadline: 0s",
                        "progressDeadline must be a duration such as 90s or 5m, more than zero"),
                arguments("progressDeadline: ''", "spec.progressDeadline"),
                arguments("replicas: -1", "spec.replicas"),
                arguments("env: [{name: TIER, value: x}]", "env cannot set TIER or SECRET_KEY"),
                arguments("env: [{name: 'A=B', value: x}]", "spec.env[0].name"),
                arguments(
                        "env: [{name: A, value: x}, {name: A, value: y}]",
                        "spec.env[1]: Duplicate value: {\"name\":\"A\"}"),
                arguments("env: [{name: A, value: \"x\\0\"}]", "cannot contain a NUL character"),
                arguments(
                        DATABASE + "\nenv: [{name: PGHOST, value: x}]",
                        "env cannot set PG* variables or DATABASE_URL, which the operator sets from database"),
                arguments(
                        "envFrom: [{secretRef: {name: a}, configMapRef: {name: b}}]",
                        "an entry of envFrom needs exactly one"),
                arguments("envFrom: [{prefix: A}]", "an entry of envFrom needs exactly one"),
                arguments(
                        DATABASE.replace("10.42.0.1", "127.0.0.1"),
                        "database.host is a loopback, link-local or unspecified address"),
                arguments(
                        DATABASE.replace("10.42.0.1", "169.254.1.1"),
                        "database.host is a loopback, link-local or unspecified address"),
                arguments(
                        DATABASE.replace("10.42.0.1", "'ff02::1'"),
                        "database.host is a loopback, link-local or unspecified address"),
                arguments(
                        DATABASE.replace("10.42.0.1", "'127.1'"), "database.host must be an IP address or a DNS name"),
                arguments(
                        DATABASE.replace("10.42.0.1", "db..example.org"),
                        "database.host must be an IP address or a DNS name"),
                arguments(DATABASE.replace("10.42.0.1", "localhost"), "database.host localhost is the pod itself"),
                arguments(
                        DATABASE.replace("10.42.0.1", "'db.example.org/x'"),
                        "database.host must be an IP address or a DNS name"),
                arguments(
                        DATABASE.replace("name: db,", "name: 'db; drop table x',"),
                        "database.name must be a plain identifier"),
                arguments(DATABASE.replace("name: db,", "name: db, port: 70000,"), "spec.database.port"),
                arguments(
                        DATABASE.replace("name: db,", "name: db, sslMode: verify-full,"),
                        "verify-ca and verify-full need caSecretRef"),
                arguments(
                        DATABASE.replace("name: db,", "name: db, caSecretRef: {name: ca, key: ca.crt},"),
                        "caSecretRef is used only by sslMode verify-ca and verify-full"),
                arguments("dev: {source: {claimName: tree}}", "dev is for tier dev only"),
                arguments("tier: dev\ndev: {}", "spec.dev.source: Required value"),
                arguments("tier: dev\ndev: {source: {claimName: 'a b'}}", "spec.dev.source.claimName"),
                arguments(
                        "tier: dev\n" + DATABASE + "\ndev: {source: {claimName: tree}, postgres: {}}",
                        "dev.postgres and database exclude each other"),
                arguments(
                        "tier: dev\nenv: [{name: PGHOST, value: x}]\ndev: {source: {claimName: tree}, postgres: {}}",
                        "env cannot set PG* variables or DATABASE_URL"),
                arguments(dev("frontend: {image: node}"), "dev.frontend.image must be an image reference"),
                arguments(dev("postgres: {image: postgres}"), "dev.postgres.image must be an image reference"),
                arguments(dev("postgres: {storage: 1Mi}"), "dev.postgres.storage must be a size such as 512Mi"),
                arguments(dev("postgres: {initdb: ../secrets}"), "dev.postgres.initdb must be the path of a folder"),
                arguments(dev("postgres: {initdb: /etc}"), "dev.postgres.initdb must be the path of a folder"),
                arguments(dev("backend: {command: [\"a\\0\"]}"), "a command cannot contain a NUL character"),
                arguments(dev("backend: {command: []}"), "spec.dev.backend.command"),
                arguments(
                        dev("watchers: [{name: a, runs: database, command: [a]}]"), "Unsupported value: \"database\""),
                arguments(
                        dev("watchers: [{name: a, runs: frontend, command: [a]}]"),
                        "a watcher with runs: frontend needs dev.frontend"),
                arguments(
                        dev(
                                "watchers: [{name: a, runs: backend, command: [a]}, {name: a, runs: backend, command: [b]}]"),
                        "spec.dev.watchers[1]: Duplicate value: {\"name\":\"a\"}"),
                arguments(dev("watchers: [{name: A, runs: backend, command: [a]}]"), "spec.dev.watchers[0].name"),
                arguments(dev("storagePolicy: Keep"), "Unsupported value: \"Keep\""),
                arguments(DATABASE.replace("name: db,", "name: db, sslMode: allow,"), "Unsupported value: \"allow\""));
    }

    /** An environment of tier dev with a tree and one more field. */
    private static String dev(String field) {
        return "tier: dev\ndev: {source: {claimName: tree}, %s}".formatted(field);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesInvalidFields(String fields, String message) {
        assertThatThrownBy(() -> create("refused", fields))
                .isInstanceOf(KubernetesClientException.class)
                .satisfies(refusal -> assertThat(((KubernetesClientException) refusal)
                                .getStatus()
                                .getMessage())
                        .contains(message));
    }

    @Test
    void refusesNamesThatAreInvalidForServices() {
        assertThatThrownBy(() -> create("1st", "")).hasMessageContaining("metadata.name becomes part of Service names");
        assertThatThrownBy(() -> create("a".repeat(51), "")).hasMessageContaining("at most 50");
    }

    @Test
    void refusesAChangedTier() {
        create("tier", "");
        assertThatThrownBy(() -> change("tier", "tier: prod")).hasMessageContaining("tier cannot be changed");
    }

    @Test
    void refusesAChangedDatabaseName() {
        create("database", DATABASE);
        assertThatThrownBy(() -> change("database", DATABASE.replace("name: db,", "name: other,")))
                .hasMessageContaining("database.name cannot be changed, because the data would not move");
    }

    /** CEL cannot see the earlier name. The API reference documents this as the way to move to another database. */
    @Test
    void allowsAnotherDatabaseAfterRemovingTheFirst() {
        create("moved", DATABASE);
        var moved = SERVER.client().resource(environment("moved", ""));
        moved.patch(PatchContext.of(PatchType.JSON_MERGE), "spec: {database: null}");
        change("moved", DATABASE.replace("name: db,", "name: other,"));
        assertThat(moved.get().<String>get("spec", "database", "name")).isEqualTo("other");
    }

    @Test
    void refusesASmallerVolume() {
        create("smaller", "sessions: {storage: 1Gi}");
        change("smaller", "sessions: {storage: 1.5Gi}");
        assertThatThrownBy(() -> change("smaller", "sessions: {storage: 1535Mi}"))
                .hasMessageContaining(
                        "sessions.storage cannot be less than the size of the volume: a volume cannot shrink");
    }

    @Test
    void setsDefaultsOfADevelopersEnvironment() {
        var created = create("dev-defaults", dev("frontend: {}, postgres: {}"));
        assertThat(created.<String>get("spec", "dev", "frontend", "image")).isEqualTo("node:18");
        assertThat(created.<String>get("spec", "dev", "postgres", "image")).isEqualTo("postgres:17");
        assertThat(created.<String>get("spec", "dev", "postgres", "storage")).isEqualTo("1Gi");
        assertThat(created.<String>get("spec", "dev", "postgres", "initdb")).isEqualTo("config/postgres");
        assertThat(created.<String>get("spec", "dev", "storagePolicy")).isEqualTo("Retain");
    }

    @Test
    void allowsSettingTheStorageClassLater() {
        create("late-class", "sessions: {storage: 1Gi}");
        change("late-class", "sessions: {storage: 1Gi, storageClassName: local-path}");
        assertThat(SERVER.client()
                        .resource(environment("late-class", ""))
                        .get()
                        .<String>get("spec", "sessions", "storageClassName"))
                .isEqualTo("local-path");
    }

    @Test
    void refusesAChangedStorageClass() {
        create("class", "sessions: {storage: 1Gi}");
        change("class", "sessions: {storage: 1Gi, storageClassName: local-path}");
        assertThatThrownBy(() -> change("class", "sessions: {storage: 1Gi, storageClassName: ''}"))
                .hasMessageContaining("sessions.storageClassName cannot be changed");
    }

    @Test
    void setsDefaults() {
        var created = create("defaults", DATABASE + "\ntls: {issuerRef: {name: letsencrypt}}\ningress: {hsts: {}}");
        assertThat(created.<Integer>get("spec", "replicas")).isEqualTo(1);
        assertThat(created.<String>get("spec", "progressDeadline")).isEqualTo("5m");
        assertThat(created.<Boolean>get("spec", "suspend")).isFalse();
        assertThat(created.<Integer>get("spec", "database", "port")).isEqualTo(5432);
        assertThat(created.<String>get("spec", "database", "sslMode")).isEqualTo("prefer");
        assertThat(created.<String>get("spec", "tls", "issuerRef", "kind")).isEqualTo("ClusterIssuer");
        assertThat(created.<String>get("spec", "tls", "issuerRef", "group")).isEqualTo("cert-manager.io");
        assertThat(created.<String>get("spec", "ingress", "className")).isEqualTo("traefik");
        assertThat(created.<String>get("spec", "ingress", "hsts", "maxAge")).isEqualTo("8760h");
    }

    /** So no tool takes the environment for reconciled. */
    @Test
    void setsAnObservedGenerationThatIsNotCurrent() {
        assertThat(create("unobserved", "").<Integer>get("status", "observedGeneration"))
                .isEqualTo(-1);
    }

    @Test
    void storesEveryFieldOfADevelopersEnvironmentUnchanged() {
        assertStoredUnchanged("everything-dev", """
        tier: dev
        dev:
          source: {claimName: tree}
          backend: {command: [flask, run]}
          frontend: {image: "node:18", env: [{name: A, value: b}], caConfigMapRef: {name: ca}}
          postgres: {image: "postgres:17", storage: 1Gi, initdb: config/postgres}
          watchers: [{name: tests, runs: backend, command: [pipenv, run, ptw]}]
          storagePolicy: Delete
        replicas: 1
        progressDeadline: 5m
        suspend: false
        """);
    }

    @Test
    void storesEveryFieldUnchanged() {
        assertStoredUnchanged("everything", """
        aliases: [www.example.org]
        imagePullSecrets: [{name: hub}]
        replicas: 2
        tls: {issuerRef: {name: letsencrypt, kind: Issuer, group: cert-manager.io}}
        ingress:
          className: traefik
          hsts: {maxAge: 8760h, includeSubdomains: true}
          basicAuth: [{path: /access/, secretRef: {name: access-users}}]
          timeout: 300s
        sessionKeySecretRef: {name: app-secret, key: SECRET_KEY}
        env: [{name: LOG_LEVEL, value: info}]
        envFrom: [{secretRef: {name: extra}, prefix: X_}]
        sessions: {storage: 1Gi, storageClassName: local-path}
        release:
          policy: Track
          interval: 1m
          promoteFrom: {name: staging, namespace: tests, soak: 24h}
          allowPromotionTo: [{namespace: live, name: prod}]
          autoRollback: true
          rollbackTo: sha256:%s
          historyLimit: 10
        resources: {requests: {memory: 256Mi}, limits: {memory: 512Mi}}
        progressDeadline: 5m
        suspend: false
        database:
          host: db.internal
          port: 5433
          name: record_expunge
          sslMode: verify-full
          caSecretRef: {name: db-ca, key: ca.crt}
          credentialsSecretRef: {name: prod-db}
        """.formatted("a".repeat(64)));
    }

    private static void assertStoredUnchanged(String name, String everything) {
        var written = environment(name, everything);
        var read = SERVER.client().resource(written).create();
        assertThat(read.<Object>get("spec")).isEqualTo(written.<Object>get("spec"));
        var typed = Serialization.unmarshal(Serialization.asJson(read), RecordSpongeEnvironment.class);
        assertThat(Serialization.<GenericKubernetesResource>unmarshal(
                                Serialization.asJson(typed), GenericKubernetesResource.class)
                        .<Object>get("spec"))
                .as("the Java types have every field")
                .isEqualTo(written.<Object>get("spec"));
    }

    private static GenericKubernetesResource create(String name, String fields) {
        return SERVER.client().resource(environment(name, fields)).create();
    }

    private static void change(String name, String fields) {
        SERVER.client().resource(environment(name, fields)).forceConflicts().serverSideApply();
    }

    /** A minimal environment with some fields set or replaced. */
    private static GenericKubernetesResource environment(String name, String fields) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("tier", "staging");
        spec.put("image", "recordsponge/expungeservice:staging");
        spec.put("host", "example.org");
        if (!fields.isEmpty()) {
            spec.putAll(Serialization.unmarshal(fields, new TypeReference<Map<String, Object>>() {}));
        }
        var environment = new GenericKubernetesResource();
        environment.setApiVersion("recordsponge.com/v1");
        environment.setKind("RecordSpongeEnvironment");
        environment.setMetadata(
                new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build());
        environment.setAdditionalProperty("spec", spec);
        return environment;
    }
}
