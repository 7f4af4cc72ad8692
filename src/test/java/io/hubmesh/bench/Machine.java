package io.hubmesh.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and of what a measurement was taken.
 *
 * @param at when the process that measures began
 * @param changed whether the working tree differed from the commit
 */
record Machine(
        Instant at,
        String commit,
        boolean changed,
        int cores,
        String processor,
        long memoryGib,
        String system,
        String java,
        long heapMib) {

    private static final long MIB = 1024 * 1024;

    static Machine here() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
                        .truncatedTo(ChronoUnit.SECONDS),
                git("rev-parse", "--short=10", "HEAD"),
                !git("status", "--porcelain", "--untracked-files=no").isEmpty(),
                machine.getAvailableProcessors(),
                processorName(),
                Math.round(machine.getTotalMemorySize() / (1024.0 * MIB)),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                Runtime.getRuntime().maxMemory() / MIB);
    }

    /** Of the last minute; below zero where the system does not tell. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    @Override
    public String toString() {
        return "Commit %s%s, %s.%n%d cores (%s), %d GiB, %s, %s, at most %d MiB of heap."
                .formatted(
                        commit, changed ? " with changes" : "", at, cores, processor, memoryGib, system, java, heapMib);
    }

    private static String processorName() {
        Path told = Path.of("/proc/cpuinfo");
        try {
            return Files.isReadable(told)
                    ? Files.readAllLines(told).stream()
                            .filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst()
                            .orElse(System.getProperty("os.arch"))
                    : System.getProperty("os.arch");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
