package com.recordsponge.operator.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Generated files that are committed, so that a change in what is generated is a difference that a reviewer reads. */
public final class Golden {

    private Golden() {}

    /** Compares, or with {@code -Dgolden.update} writes. */
    public static void assertMatches(Path file, String generated) throws IOException {
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }
        assertThat(file).as("run `make generate` and read the difference").exists();
        assertThat(generated)
                .as("%s differs from what is generated: run `make generate` and read the difference", file)
                .isEqualTo(Files.readString(file));
    }
}
