package com.recordsponge.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References mean what they mean to Docker and containerd. */
class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "postgres:17, docker.io, library/postgres, 17",
        "recordsponge/expungeservice:staging, docker.io, recordsponge/expungeservice, staging",
        "docker.io/postgres:17, docker.io, library/postgres, 17",
        "index.docker.io/recordsponge/app:a, docker.io, recordsponge/app, a",
        "ghcr.io/recordsponge/app:a, ghcr.io, recordsponge/app, a",
        "localhost/app:a, localhost, app, a",
        "registry:5000/app:a, registry:5000, app, a",
        "10.42.0.1:5000/a/b/c:1.2_x-3, 10.42.0.1:5000, a/b/c, 1.2_x-3",
        "Registry/app:a, Registry, app, a",
        "registry:5000/app, registry:5000, app, latest",
        "app, docker.io, library/app, latest",
    })
    void aReferenceHasARegistryARepositoryAndATag(String text, String registry, String repository, String tag) {
        var image = ImageReference.parse(text);
        assertThat(image.registry()).isEqualTo(registry);
        assertThat(image.repository()).isEqualTo(repository);
        assertThat(image.tagOrDigest()).isEqualTo(tag);
        assertThat(image).hasToString(text);
    }

    @Test
    void aDigestGoesBeforeATag() {
        var image = ImageReference.parse("registry:5000/app:a@" + DIGEST);
        assertThat(image.tag()).contains("a");
        assertThat(image.tagOrDigest()).isEqualTo(DIGEST);
        assertThat(image.name()).isEqualTo("registry:5000/app");
    }

    /** Docker Hub's names stay short: the node's mirrors and people know the image by the name in the spec. */
    @Test
    void podsPullFromTheRepositoryAsTheSpecNamesIt() {
        assertThat(ImageReference.parse("recordsponge/app:a").withDigest(DIGEST).toString())
                .isEqualTo("recordsponge/app@" + DIGEST);
    }
}
