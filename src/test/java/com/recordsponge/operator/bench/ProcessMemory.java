package com.recordsponge.operator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of a process as the kernel counts it (proc_pid_status(5)), in MiB.
 *
 * @param resident VmRSS
 * @param peak VmHWM, the most that it ever was
 * @param own RssAnon: what no file backs and no other process shares
 */
record ProcessMemory(double resident, double peak, double own) {

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
