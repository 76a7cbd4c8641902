package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostConflictClusterTest extends ClusterTest {

    private final TestEnvironment older = environment("older");
    private final TestEnvironment younger = environment("younger");

    @Test
    void aWaitingEnvironmentServesTheHostOnceReleased() throws IOException {
        var spec = exampleSpec("minimal", Map.of("minimal.recordsponge.localhost", older.host()));
        older.apply(spec);
        older.awaitServed();
        younger.apply(spec);
        younger.await("RouteReady", "False", "HostConflict");
        younger.await("CertificateReady", "False", "HostConflict");
        younger.await("WorkloadAvailable", "True", "Available");
        assertThat(ChildObjects.certificates(younger)).isEmpty();
        assertThat(respondingPod()).startsWith(older.name());

        older.resource().delete();

        younger.awaitReady();
        eventually(() -> assertThat(respondingPod()).startsWith(younger.name()));
    }

    /** The name of the pod that responds. */
    private String respondingPod() {
        return older.site().get("/api/whoami").json().path("hostname").asText();
    }
}
