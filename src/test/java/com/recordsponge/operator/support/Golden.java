package com.recordsponge.operator.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Committed copies of generated files, so that every change in what is generated appears in a diff. */
public final class Golden {

    private Golden() {}

    /** Compares the committed file with what is generated; {@code -Dgolden.update} writes the file first. */
    public static void assertMatches(Path file, String generated) throws IOException {
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }
        assertThat(file).as("run `make generate` and review the diff").exists();
        assertThat(generated)
                .as("%s differs from what is generated: run `make generate` and review the diff", file)
                .isEqualTo(Files.readString(file));
    }
}
