package com.recordsponge.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example's environments with kustomize's way to set images, which Argo CD's kustomize.images uses too. */
class KustomizeImagesTest {

    private static final Path EXAMPLE = Path.of("deploy/argocd/example");
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @TempDir
    private Path copy;

    @BeforeEach
    void copyTheExample() throws IOException {
        Files.walkFileTree(EXAMPLE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var target = copy.resolve(EXAMPLE.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "staging, recordsponge/expungeservice:v2, recordsponge/expungeservice:v2",
        "prod, recordsponge/expungeservice@DIGEST, recordsponge/expungeservice@DIGEST",
        "staging, recordsponge/expungeservice=registry.example.org:5000/team/site:v2, registry.example.org:5000/team/site:v2",
        "prod, recordsponge/expungeservice=registry.example.org:5000/team/site@DIGEST, registry.example.org:5000/team/site@DIGEST",
    })
    void setImageReachesTheEnvironment(String environment, String argument, String image) throws IOException {
        var folder = copy.resolve("environments").resolve(environment);
        var kustomize = ClusterParts.argoCd().resolve("kustomize").toString();
        Command.run("env", "--chdir=" + folder, kustomize, "edit", "set", "image", argument.replace("DIGEST", DIGEST));

        assertThat(Command.run(kustomize, "build", folder.toString()))
                .contains("  image: " + image.replace("DIGEST", DIGEST) + "\n");
    }
}
