package com.recordsponge.operator.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The contents of the operator's image: Java runtime, packaged operator and AOT cache. Built once per test run. */
public final class OperatorRuntime {

    private static OperatorRuntime built;

    private final Map<String, String> values;

    private OperatorRuntime(Map<String, String> values) {
        this.values = values;
    }

    public static synchronized OperatorRuntime get() throws IOException {
        if (built == null) {
            built = new OperatorRuntime(Command.values("k8s-dev/operator-runtime.sh"));
        }
        return built;
    }

    /** The operator's working directory. */
    Path application() {
        return Path.of(values.get("APPLICATION"));
    }

    /** The image's entry point, with the AOT cache at its place on this machine. */
    List<String> command() throws IOException {
        var command = new ArrayList<String>();
        command.add(values.get("JAVA"));
        Files.readAllLines(Path.of(values.get("JVM_OPTIONS"))).stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("-XX:AOTCache="))
                .forEach(command::add);
        command.add("-XX:AOTCache=" + values.get("AOT_CACHE"));
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        return command;
    }
}
