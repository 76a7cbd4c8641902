package com.recordsponge.operator.dev;

import java.io.IOException;
import java.nio.file.Path;

/** A folder as a mount shows it: still the same one after it was deleted and another has its name. */
final class MountedFolder implements AutoCloseable {

    private final Process holder;

    MountedFolder(Path folder) throws IOException {
        holder = new ProcessBuilder("cat").directory(folder.toFile()).start();
    }

    Path path() {
        return Path.of("/proc", Long.toString(holder.pid()), "cwd");
    }

    @Override
    public void close() {
        holder.destroy();
        holder.onExit().join();
    }
}
