package io.hydrant.localstack.bench.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * Processor time of the PostgreSQL behind the double: its server, what that started, and what of it
 * has ended, by Linux' {@code /proc}.
 */
final class PostgresCpu {

    /** What {@code /proc} counts in, on every Linux that Java runs on. */
    private static final double SECONDS_PER_TICK = 0.01;

    private static final int USER_TIME = 11;
    private static final int CHILDREN_SYSTEM_TIME = 14;

    private final long server;

    private PostgresCpu(long server) {
        this.server = server;
    }

    static PostgresCpu of(RedshiftTables tables) throws SQLException {
        return new PostgresCpu(
                tables.number(
                        "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::bigint"));
    }

    /** Seconds up to now; 0 where the system does not tell. */
    double seconds() throws IOException {
        double seconds = 0;
        try (Stream<ProcessHandle> all =
                ProcessHandle.of(server)
                        .map(process -> Stream.concat(Stream.of(process), process.descendants()))
                        .orElse(Stream.empty())) {
            for (ProcessHandle process : all.toList()) {
                seconds += seconds(Path.of("/proc", Long.toString(process.pid()), "stat"));
            }
        }
        return seconds;
    }

    private static double seconds(Path stat) throws IOException {
        String text;
        try {
            text = Files.readString(stat);
        } catch (NoSuchFileException e) {
            // It has ended, and its server counts its time.
            return 0;
        }
        return ticks(text) * SECONDS_PER_TICK;
    }

    /** Of a process and of the children that it has waited for. */
    static long ticks(String stat) {
        // Its name may hold anything but ends with the last bracket.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = USER_TIME; field <= CHILDREN_SYSTEM_TIME; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks;
    }
}
