package io.hydrant.localstack.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Processor time of the JVM's compilers and collectors, which no bean of the JVM tells: Linux
 * counts it per thread, and HotSpot names its threads.
 */
final class JvmThreads {

    private static final List<String> NAMES = List.of("C1 Compiler", "C2 Compiler", "GC ", "G1 ");

    /** What {@code /proc} counts in, on every Linux that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private final Path threads;

    /** By thread; one that has ended counts on. */
    private final Map<Path, Long> nanosByThread = new HashMap<>();

    /** The threads of this process. */
    JvmThreads() {
        this(Path.of("/proc/self/task"));
    }

    JvmThreads(Path threads) {
        this.threads = threads;
    }

    /** What they have used up to now; 0 where the system does not tell. */
    long cpuNanos() {
        if (!Files.isDirectory(threads)) {
            return 0;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                read(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return nanosByThread.values().stream().mapToLong(Long::longValue).sum();
    }

    private void read(Path thread) throws IOException {
        String stat;
        try {
            stat = Files.readString(thread.resolve("stat"));
        } catch (IOException e) {
            // Of a thread that has ended there is no file, or "No such process" when it is read.
            if (Files.exists(thread.resolve("stat"))) {
                throw e;
            }
            return;
        }
        int nameEnd = stat.lastIndexOf(')');
        String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
        if (NAMES.stream().anyMatch(name::startsWith)) {
            String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
            nanosByThread.put(thread, ticks * NANOS_PER_TICK);
        }
    }
}
