package com.recordsponge.operator.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever upgrades keeps what the last release gave. */
class ReleasedCrdTest {

    /** The definition of the last release; {@code make released} replaces it. */
    private static final Path RELEASED = Path.of("src/test/resources/released");

    /** What the next release may take away all the same, each with the reason that its notes tell. */
    private static final Map<String, String> ANNOUNCED = Map.of();

    @Test
    void nothingOfTheLastReleaseIsTakenAwayUnannounced() throws IOException {
        assertThat(CrdCompatibility.findings(released(), GeneratedCrd.yaml()))
                .as("keep it, or announce it here and in the release notes")
                .containsExactlyInAnyOrderElementsOf(ANNOUNCED.keySet());
    }

    private static String released() throws IOException {
        try (var files = Files.list(RELEASED)) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }
}
