package com.recordsponge.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.certificate.Certificate;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.Children;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever objects an environment has, no edit of a value in them stays without a report, and none of them stays deleted. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class DriftApiTest extends ApiTest {

    private static final String SPEC = """
        tier: staging
        image: recordsponge/expungeservice:staging
        host: drift.example.org
        aliases: [www.drift.example.org]
        replicas: 2
        sessions: {storage: 1Gi}
        tls: {issuerRef: {name: letsencrypt}}
        env: [{name: LOG_LEVEL, value: debug}]
        envFrom: [{secretRef: {name: extra}, prefix: X_}, {configMapRef: {name: settings}}]
        resources: {requests: {memory: 64Mi}, limits: {memory: 256Mi}}
        ingress: {timeout: 300s, hsts: {maxAge: 1h}, basicAuth: [{path: /access/, secretRef: {name: users}}]}
        database: {host: 10.42.0.1, name: drift_db, credentialsSecretRef: {name: credentials}}
        """;

    private static final Set<String> REPORTS = Set.of("ConflictingObject", "FieldConflict");

    private Children children;

    @BeforeEach
    void deploySite() throws Exception {
        SERVER.installCertManager();
        login.accept("drift_db");
        credentials("credentials", "first");
        secret("users", Map.of("users", "someone:{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc="));
        secret("extra", Map.of("TOKEN", "first"));
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("settings")
                        .endMetadata()
                        .withData(Map.of("FEATURE", "on"))
                        .build())
                .create();
        apply("site", SPEC);
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        bind("site-sessions");
        rollOut("site");
        awaitCondition("site", "WorkloadAvailable", "True", "Available");
        issue();
        admit("site");
        children = new Children(client(), namespace, "site");
        eventually(() -> assertThat(children.missingKinds()).isEmpty());
    }

    /** As cert-manager does. */
    private void issue() {
        eventually(() -> unique(Certificate.class, "site", "-tls"));
        var certificate = unique(Certificate.class, "site", "-tls").get();
        client().resource(ControllerWrites.issuedSecret(certificate)).serverSideApply();
        editStatus(certificate, ControllerWrites::issued);
    }

    @Test
    void everyEditIsPutBackOrReported() {
        var failures = new SoftAssertions();
        var edited = 0;
        for (var child : children.all()) {
            var edits = new ChildEdits(client(), child);
            for (var set : edits.sets()) {
                set.removeIf(edit -> isLeft(child, edit));
                edited += set.size();
                edits.make(set);
                failures.assertThatCode(() -> eventually(() -> assertThat(isAsBefore(child) || isReported(child))
                                .isTrue()))
                        .as("%s: %s", name(child), set)
                        .doesNotThrowAnyException();
                if (!isAsBefore(child)) {
                    edits.undo(set);
                    eventually(() -> assertThat(isReported(child)).isFalse());
                }
            }
        }
        System.out.printf(
                "Drift: %d objects, %d values edited%n", children.all().size(), edited);
        failures.assertAll();
    }

    /** The key of the sessions is also the user's: pods get the new one. */
    private static boolean isLeft(HasMetadata child, ChildEdits.Edit edit) {
        return child.getMetadata().getName().equals("site-session-key")
                && edit.path().startsWith("/data/");
    }

    private boolean isAsBefore(HasMetadata child) {
        return Children.content(children.current(child)).equals(Children.content(child));
    }

    private boolean isReported(HasMetadata child) {
        return environment("site").getStatus().conditions().stream()
                .anyMatch(condition -> REPORTS.contains(condition.getReason())
                        && condition.getMessage().contains(name(child)));
    }

    private static String name(HasMetadata child) {
        return child.getKind() + " " + child.getMetadata().getName();
    }

    @Test
    void everyDeletedObjectIsCreatedAgain() {
        assertCreatedAgain(children.all());
    }

    /** All but the Secret with the password that pods use. */
    @Test
    void aRefusedPasswordLeavesNoObjectDeleted() {
        login.refuse("drift_db", Reason.AUTHENTICATION_FAILED);
        credentials("credentials", "second");
        awaitCondition("site", "DatabaseReady", "False", "AuthenticationFailed");
        assertCreatedAgain(children.all().stream()
                .filter(child -> !child.getMetadata().getName().startsWith("site-database-"))
                .toList());
    }

    private void assertCreatedAgain(List<HasMetadata> deleted) {
        var failures = new SoftAssertions();
        for (var child : deleted) {
            remove(child.getClass(), child.getMetadata().getName());
            failures.assertThatCode(() -> eventually(() -> assertThat(children.current(child))
                            .isNotNull()
                            .satisfies(now -> assertThat(now.getMetadata().getUid())
                                    .isNotEqualTo(child.getMetadata().getUid()))))
                    .as(name(child))
                    .doesNotThrowAnyException();
        }
        failures.assertAll();
    }
}
