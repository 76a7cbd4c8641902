package com.recordsponge.operator.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.workload.LiteralText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Builds the commands of containers that run a program of the operator: the program is in the command itself, so that a
 * pod and its program are one version, and no object with it has to outlive the pod.
 */
final class Supervisor {

    /** At which the supervisor of a part reports; those of the watchers use the ports after it. */
    static final int REPORT_PORT = 9100;

    private static final String POSTGRES = program("postgres.sh");

    private Supervisor() {}

    /** What a container's program is for; the name of its file. */
    enum Role {
        BACKEND,
        FRONTEND,
        WATCHER;

        private String program(String extension) {
            return Supervisor.program("common" + extension)
                    + Supervisor.program(name().toLowerCase(Locale.ROOT) + extension);
        }
    }

    /** For a container with Python. */
    static List<String> python(Role role, int port, List<String> command) {
        return command(List.of("python3", "-c", role.program(".py"), Integer.toString(port)), command);
    }

    /** For a container with node. */
    static List<String> node(Role role, int port, List<String> command) {
        return command(List.of("node", "-e", role.program(".js"), "--", Integer.toString(port)), command);
    }

    /** For a container that prepares PostgreSQL's data. */
    static List<String> postgres() {
        return List.of("sh", "-c", POSTGRES);
    }

    private static List<String> command(List<String> program, List<String> command) {
        var words = new ArrayList<>(program);
        command.forEach(word -> words.add(LiteralText.of(word)));
        return words;
    }

    private static String program(String name) {
        try (var resource = Supervisor.class.getResourceAsStream(name)) {
            return LiteralText.of(new String(resource.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
