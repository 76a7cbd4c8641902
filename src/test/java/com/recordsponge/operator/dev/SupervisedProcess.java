package com.recordsponge.operator.dev;

import static com.recordsponge.operator.support.Patience.await;

import com.recordsponge.operator.support.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;

/** A supervisor as a process of this machine, as a container would run it. */
final class SupervisedProcess implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final int port;

    /** @param command the supervisor's command for a port, as a pod has it */
    SupervisedProcess(Path folder, Map<String, String> environment, Command command) throws IOException {
        port = FreePort.find();
        log = folder.resolve("log-" + port);
        var builder = new ProcessBuilder(unescaped(command.at(port)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** A command that reports at a port. */
    @FunctionalInterface
    interface Command {
        List<String> at(int port);
    }

    /** What the kubelet makes of a command. */
    static List<String> unescaped(List<String> command) {
        var words = new ArrayList<String>();
        command.forEach(word -> words.add(word.replace("$$", "$")));
        return words;
    }

    /** Waits until an assertion on the newest report holds. */
    void eventually(Consumer<PartReport> assertion) {
        await().pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            var line = ReportSocket.read(new ReportAddresses.Address("127.0.0.1", port));
            Assertions.assertThat(line.flatMap(PartReport::parse))
                    .as("report %s, log:%n%s", line, Files.readString(log))
                    .hasValueSatisfying(assertion);
        });
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Asks it to end as the kubelet does, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
