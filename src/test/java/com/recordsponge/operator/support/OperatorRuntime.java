package com.recordsponge.operator.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the operator's image holds: a Java runtime, the packaged operator and its AOT cache. Built once for the run. */
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

    /** Where the operator runs. */
    Path application() {
        return Path.of(values.get("APPLICATION"));
    }

    /** The image's entry point, with the AOT cache where it is here. */
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
