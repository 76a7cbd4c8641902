package com.recordsponge.operator.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Downloads Go modules, for the files beside their code. */
public final class GoModule {

    private GoModule() {}

    /** The folder of a module's files; Go downloads and verifies it once, and caches it. */
    public static Path folder(String module, String version) throws IOException {
        var answer = Command.run("go", "mod", "download", "-json", module + "@" + version);
        return Path.of(new ObjectMapper().readTree(answer).get("Dir").asText());
    }
}
