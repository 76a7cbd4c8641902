package com.recordsponge.operator.e2e;

import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The registry where the development cluster's node and the operator pull. Pushes go to another one with the same images. */
final class NodeRegistry {

    /** Resource of tests whose environments ask it, and of one that stops it. */
    static final String LOCK = "node registry";

    private NodeRegistry() {}

    static void stop() {
        run("stop node-registry");
    }

    /** Starts it unless it runs. */
    static void start() {
        run("start_registry");
    }

    private static void run(String function) {
        try {
            Command.run("bash", "-c", ". k8s-dev/lib/all.sh && " + function);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
