package com.recordsponge.operator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of a process in MiB, as the kernel counts it (proc_pid_status(5)).
 *
 * @param resident VmRSS
 * @param peak VmHWM, the largest resident size so far
 * @param anonymous RssAnon, the part that no file backs
 */
record ProcessMemory(double resident, double peak, double anonymous) {

    private static final double KIB_PER_MIB = 1024;

    static ProcessMemory of(long pid) throws IOException {
        var status = Files.readString(Path.of("/proc/%d/status".formatted(pid)));
        return new ProcessMemory(mib(status, "VmRSS"), mib(status, "VmHWM"), mib(status, "RssAnon"));
    }

    private static double mib(String status, String field) {
        return status.lines()
                        .filter(line -> line.startsWith(field + ":"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / KIB_PER_MIB;
    }
}
