package io.hydrant.localstack.bench.measure;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads this process' own meters: processor time every few milliseconds, that of the JVM's
 * compilers and collectors now and then, memory at the end.
 */
public final class ProcessMeter implements AutoCloseable {

    private static final long PERIOD_MILLIS = 10;

    /** Reading of every thread costs what is to be measured. */
    private static final long JVM_PERIOD_MILLIS = 1000;

    private static final Path STATUS = Path.of("/proc/self/status");

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final CpuSamples samples = new CpuSamples();
    private final CpuSamples jvmSamples = new CpuSamples();
    private final JvmThreads jvmThreads = new JvmThreads();
    private final HeapPeak heapPeak = new HeapPeak();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "process-meter");
                        thread.setDaemon(true);
                        return thread;
                    });

    static ProcessMeter start() {
        ProcessMeter meter = new ProcessMeter();
        meter.sample();
        meter.sampleJvm();
        meter.every(PERIOD_MILLIS, meter::sample);
        meter.every(JVM_PERIOD_MILLIS, meter::sampleJvm);
        return meter;
    }

    /** Ends both curves. */
    void stop() {
        clock.shutdownNow();
        sample();
        sampleJvm();
    }

    /** Processor time of the process; complete once stopped. */
    CpuSamples process() {
        return samples;
    }

    /** The part of it that went into compiling bytecode and collecting garbage. */
    CpuSamples jvm() {
        return jvmSamples;
    }

    /** Most heap in use behind a collection so far, in bytes, or -1 if there was none. */
    long peakHeapBytes() {
        return heapPeak.bytes();
    }

    /** Largest resident set so far, in KiB, or -1 where the system does not tell. */
    static long peakResidentKiB() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return -1;
        }
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return -1;
    }

    /** Heap in use after a collection, in bytes. */
    public static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        heapPeak.close();
        clock.shutdownNow();
    }

    private void every(long millis, Runnable task) {
        var unused = clock.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void sample() {
        samples.add(System.currentTimeMillis(), system.getProcessCpuTime());
    }

    private synchronized void sampleJvm() {
        jvmSamples.add(System.currentTimeMillis(), jvmThreads.cpuNanos());
    }
}
