package com.recordsponge.operator.e2e;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.TestMethodOrder;

/** A site in Git, deployed by the real Argo CD with automated sync, self-heal and pruning. */
@TestMethodOrder(OrderAnnotation.class)
abstract class GitOpsTest extends ClusterTest {

    protected static final String FILE = "site/environment.yaml";

    protected final TestEnvironment site;
    protected ArgoCd argo;
    protected GitRepository repository;
    protected ArgoApplication application;

    private final String name;

    GitOpsTest(String name) {
        this.name = name;
        this.site = environment("gitops-" + name);
    }

    @BeforeAll
    void pushTheSite() throws IOException {
        argo = ArgoCd.get();
        repository = argo.repository(name);
        push("staging", "");
        application = argo.application(name, repository, "site");
        application.await("Synced", "Healthy");
    }

    @AfterAll
    void orphanTheSite() {
        application.orphan();
    }

    /** Pushes the site with an image and additional YAML of the spec, and returns the commit. */
    protected String push(String tag, String further) throws IOException {
        return repository.write(FILE, manifest(site, tag, further)).push();
    }

    /** Runs an action on an environment that the Application deploys, as somebody does in Argo CD's user interface. */
    protected void run(String action, TestEnvironment environment) throws IOException {
        argo.cli(
                "app",
                "actions",
                "run",
                application.name(),
                action,
                "--kind",
                "RecordSpongeEnvironment",
                "--resource-name",
                environment.name());
    }

    protected static String manifest(TestEnvironment environment, String tag, String further) {
        return """
            apiVersion: recordsponge.com/v1
            kind: RecordSpongeEnvironment
            metadata: {name: %s}
            spec:
              tier: staging
              image: recordsponge/expungeservice:%s
              replicas: 1
              host: %s
            """.formatted(environment.name(), tag, environment.host()) + further.indent(2);
    }
}
