package io.hydrant.localstack.bench.report;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Where it ran, as far as the figures depend on it.
 *
 * @param processor model of the processor
 * @param cores cores that the JVM sees
 * @param memoryBytes memory of the machine
 * @param java maker and version of the Java runtime
 * @param system operating system and its version
 * @param load the load average at the start, which says whether others were at work
 */
public record Machine(
        String processor, int cores, long memoryBytes, String java, String system, double load) {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** This machine, now. */
    public static Machine now() throws IOException {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                readProcessor(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("java.vendor") + " Java " + System.getProperty("java.version"),
                system.getName() + ' ' + system.getVersion() + ' ' + system.getArch(),
                system.getSystemLoadAverage());
    }

    /** One line for the head of a page: when which JVMs were measured where. */
    String environment(Instant when, String jvmOptions) {
        return ResultTables.text(
                "%s; %s; measured JVMs with `%s`. Load average at the start: %.1f.",
                when.toString().substring(0, 10), description(), jvmOptions, load);
    }

    private String description() {
        return ResultTables.text(
                "%s, %d cores, %.0f GiB; %s; %s",
                processor, cores, memoryBytes / ResultTables.MIB / 1024, java, system);
    }

    private static String readProcessor() throws IOException {
        if (Files.isReadable(PROCESSORS)) {
            for (String line : Files.readAllLines(PROCESSORS)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).trim();
                }
            }
        }
        return "unknown processor";
    }
}
