package com.recordsponge.operator.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade breaks nothing that an earlier release supports, unless the release notes announce it. */
class ReleasedCrdTest {

    private static final Path CHANGELOG = Path.of("CHANGELOG.md");
    private static final Path RELEASED = Path.of("src/test/resources/released");

    /** Announced breaking changes, each with the reason given in the release notes. */
    private static final Map<String, String> ANNOUNCED = Map.of();

    @TempDir
    private Path folder;

    @Test
    void theCrdIsCompatibleWithEveryRelease() throws IOException {
        assertThat(new ReleasedCrds(Files.readString(CHANGELOG), RELEASED).findings(GeneratedCrd.yaml()))
                .as("restore it, or announce it here and in the release notes")
                .containsExactlyInAnyOrderElementsOf(ANNOUNCED.keySet());
    }

    @Test
    void theFolderIsOptionalBeforeTheFirstRelease() throws IOException {
        assertThat(new ReleasedCrds("## [Unreleased]\n", folder.resolve("absent")).findings(crd("a")))
                .isEmpty();
    }

    @Test
    void aReleaseWithoutACrdIsReported() throws IOException {
        release("0.1.0", crd("a"));
        assertThat(findings("## [0.2.0] - 2026-12-31\n## [0.1.0] - 2026-12-01\n", crd("a")))
                .containsExactly("release 0.2.0 has no CRD; run make released");
    }

    @Test
    void aCrdWithoutAReleaseIsReported() throws IOException {
        release("0.1.0", crd("a"));
        assertThat(findings("## [Unreleased]\n", crd("a")))
                .containsExactly("CHANGELOG.md does not list release 0.1.0, of which there is a CRD");
    }

    @Test
    void theCrdIsComparedWithEveryRelease() throws IOException {
        release("0.1.0", crd("a", "b"));
        release("0.2.0", crd("b", "c"));
        assertThat(findings("## [Unreleased]\n## [0.2.0] - 2026-12-31\n## [0.1.0] - 2026-12-01\n", crd("b")))
                .containsExactly("0.1.0: v1: field a was removed", "0.2.0: v1: field c was removed");
    }

    @Test
    void aMalformedHeadingIsReported() throws IOException {
        assertThat(findings("## 0.1.0\n### Added\n", crd("a")))
                .containsExactly(
                        "CHANGELOG.md: \"## 0.1.0\" is neither ## [Unreleased] nor like ## [1.2.3] - 2026-12-31");
    }

    private Iterable<String> findings(String changelog, String crd) throws IOException {
        return new ReleasedCrds(changelog, folder).findings(crd);
    }

    private void release(String version, String crd) throws IOException {
        Files.writeString(folder.resolve(version + ".yaml"), crd);
    }

    private static String crd(String... fields) {
        return "spec: {versions: [{name: v1, served: true, schema: {openAPIV3Schema: {properties: {%s: {}}}}}]}"
                .formatted(String.join(": {}, ", fields));
    }
}
