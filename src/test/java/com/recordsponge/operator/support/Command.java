package com.recordsponge.operator.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs a program and returns its output. */
public final class Command {

    private Command() {}

    /** Returns standard output; fails if the program does. Standard error is inherited. */
    public static String run(String... command) throws IOException {
        return run(Map.of(), command);
    }

    /** The same with additional environment variables. */
    public static String run(Map<String, String> environment, String... command) throws IOException {
        return run(environment, builder -> builder.redirectError(ProcessBuilder.Redirect.INHERIT), command);
    }

    /** The lines NAME=value that a script prints. */
    public static Map<String, String> values(String... script) throws IOException {
        return run(script)
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** Returns standard output and standard error; fails with both if the program does. */
    public static String runWithErrors(Map<String, String> environment, String... command) throws IOException {
        return run(environment, builder -> builder.redirectErrorStream(true), command);
    }

    private static String run(Map<String, String> environment, Consumer<ProcessBuilder> errors, String... command)
            throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        errors.accept(builder);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            var code = process.waitFor();
            if (code != 0) {
                throw new IOException("%s failed with code %d:%n%s".formatted(List.of(command), code, output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }
}
