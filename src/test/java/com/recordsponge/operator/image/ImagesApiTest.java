package com.recordsponge.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.FakeRegistryClient;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pushes and outages, as the API server sees them. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class ImagesApiTest extends ApiTest {

    private static final String NAME = "recordsponge/images";
    private static final String FIRST = "sha256:" + "a".repeat(64);
    private static final String SECOND = "sha256:" + "b".repeat(64);
    private static final String SPEC = """
      tier: staging
      image: recordsponge/images:%s
      host: images.example.org
      release: {policy: %s, interval: 5s}
      """;

    private void awaitImage(String expected) {
        eventually(() -> assertThat(imageOf("site")).isEqualTo(expected));
    }

    @Test
    void aPushIsDeployedWithTrack() {
        registry.push(NAME + ":track", FIRST);
        apply("site", SPEC.formatted("track", "Track"));
        awaitImage(NAME + "@" + FIRST);
        rollOut("site");
        registry.push(NAME + ":track", SECOND);
        awaitImage(NAME + "@" + SECOND);
        eventually(() ->
                assertThat(environment("site").getStatus().image().digest()).isEqualTo(SECOND));
        assertThat(environment("site").getStatus().image().requested()).isEqualTo(NAME + ":track");
    }

    @Test
    void anOutageWritesOnlyTheStatus() {
        registry.push(NAME + ":outage", FIRST);
        apply("site", SPEC.formatted("outage", "Track"));
        awaitCondition("site", "ImageResolved", "True", "ImageFound");
        rollOut("site");
        var generation = child(Deployment.class, "site").get().getMetadata().getGeneration();
        registry.refuse(NAME + ":outage", Reason.REGISTRY_UNREACHABLE);
        awaitCondition("site", "ImageResolved", "False", "RegistryUnreachable");
        registry.push(NAME + ":outage", FIRST);
        awaitCondition("site", "ImageResolved", "True", "ImageFound");
        assertThat(child(Deployment.class, "site").get().getMetadata().getGeneration())
                .isEqualTo(generation);
    }

    @Test
    void anImageThatOnlyTheNodeHasRunsByItsTag() {
        registry.refuse(NAME + ":node", Reason.MANIFEST_NOT_FOUND);
        apply("site", SPEC.formatted("node", "Pinned"));
        awaitImage(NAME + ":node");
        awaitCondition("site", "ImageResolved", "False", "ManifestNotFound");
        registry.push(NAME + ":node", FIRST);
        awaitCondition("site", "ImageResolved", "True", "ImageFound");
        assertThat(imageOf("site")).isEqualTo(NAME + ":node");
    }

    /** The Deployment says what its image was chosen for. */
    @Test
    void aLostStatusMovesNothing() {
        registry.push(NAME + ":lost", FIRST);
        apply("site", SPEC.formatted("lost", "Pinned"));
        awaitCondition("site", "ImageResolved", "True", "ImageFound");
        registry.push(NAME + ":lost", SECOND);
        editStatus(child(RecordSpongeEnvironment.class, "site").get(), site -> {
            site.setStatus(null);
            return site;
        });
        apply("site", SPEC.formatted("lost", "Pinned") + "replicas: 2\n");
        awaitCondition("site", "ImageResolved", "True", "ImageFound");
        assertThat(imageOf("site")).isEqualTo(NAME + "@" + FIRST);
    }

    @Test
    void anotherCredentialAsksAgain() {
        registry.refuse(NAME + ":private", Reason.REGISTRY_UNAUTHORIZED);
        apply("site", SPEC.formatted("private", "Pinned") + "imagePullSecrets: [{name: hub}]\n");
        awaitCondition("site", "ImageResolved", "False", "RegistryUnauthorized");
        registry.push(NAME + ":private", FakeRegistryClient.digest("any"));
        secret("hub", Map.of(".dockerconfigjson", "{\"auths\": {\"docker.io\": {\"username\": \"me\"}}}"));
        awaitCondition("site", "ImageResolved", "True", "ImageFound");
    }
}
