package com.recordsponge.operator.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Go modules as they are published, for the files that they bring beside their code. */
public final class GoModule {

    private GoModule() {}

    /** Folder of a module's files; Go downloads it once, verifies it and keeps it in its own cache. */
    public static Path folder(String module, String version) throws IOException {
        var answer = Command.run("go", "mod", "download", "-json", module + "@" + version);
        return Path.of(new ObjectMapper().readTree(answer).get("Dir").asText());
    }
}
