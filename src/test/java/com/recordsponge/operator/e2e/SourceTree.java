package com.recordsponge.operator.e2e;

import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of the sample application's source on this machine, which is the cluster's node. */
final class SourceTree {

    private final Path folder;

    SourceTree() throws IOException {
        folder = Files.createTempDirectory("source tree");
        Command.run("cp", "-r", "k8s-dev/sample-app/.", folder.toString());
        Command.run("chmod", "-R", "a+rX", folder.toString());
    }

    Path folder() {
        return folder;
    }

    /** Replaces text in a file, by renaming a new file over it as editors do. */
    void edit(String file, String text, String replacement) throws IOException {
        var path = folder.resolve(file);
        var content = Files.readString(path);
        if (!content.contains(text)) {
            throw new IllegalArgumentException("%s does not contain %s".formatted(file, text));
        }
        write(file, content.replace(text, replacement));
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    void write(String file, String content) throws IOException {
        var path = folder.resolve(file);
        var saved = Files.writeString(path.resolveSibling(path.getFileName() + ".saved"), content);
        Command.run("chmod", "a+r", saved.toString());
        Command.run("mv", saved.toString(), path.toString());
    }

    /** Contents, owners and modes of everything. */
    String checksum() throws IOException {
        return Command.run(
                "sh",
                "-c",
                "cd '%s' && { find . -printf '%%p %%U:%%G %%m %%y\\n' | sort; find . -type f -exec sha256sum {} + | sort; } | sha256sum"
                        .formatted(folder));
    }

    void delete() throws IOException {
        Command.run("rm", "-rf", folder.toString());
    }
}
