package io.hydrant.localstack.bench.cases;

import java.util.Arrays;

/** What is measured; each case is one run in a JVM of its own. */
public enum BenchCase {
    /** The limit: DEFLATE alone. */
    RAW_GZIP("raw-gzip", "`java.util.zip` GZIP level 6 alone, one core", Input.LINES, "default"),
    /** The limit of the fast level. */
    RAW_FAST("raw-fast", "ISA-L GZIP level `fast` alone, one core", Input.LINES, "fast"),
    /** What a user would write without Flink. */
    BARE_LOOP("bare-loop", "bare SDK loop: Kinesis to S3, one thread", Input.PLAIN, "default"),
    /** Flink's own sink behind our source, on plain records. */
    FILE_SINK(
            "file-sink", "Flink FileSink behind our source, plain records", Input.PLAIN, "default"),
    /** Flink's own sink behind our source, on KPL aggregates. */
    FILE_SINK_KPL(
            "file-sink-kpl", "Flink FileSink behind our source, KPL", Input.AGGREGATED, "default"),
    /** The corridor without a stream to read. */
    MEMORY("corridor-memory", "corridor from memory", Input.LINES, "default"),
    /** The same at the fast level. */
    MEMORY_FAST("corridor-memory-fast", "corridor from memory, `fast`", Input.LINES, "fast"),
    /** The corridor on plain records. */
    KINESIS("corridor-kinesis", "corridor from Kinesis, plain records", Input.PLAIN, "default"),
    /** The same at the fast level. */
    KINESIS_FAST(
            "corridor-kinesis-fast",
            "corridor from Kinesis, plain records, `fast`",
            Input.PLAIN,
            "fast"),
    /** The corridor on KPL aggregates. */
    KPL("corridor-kpl", "corridor from Kinesis, KPL", Input.AGGREGATED, "default"),
    /** The same at the fast level. */
    KPL_FAST("corridor-kpl-fast", "corridor from Kinesis, KPL, `fast`", Input.AGGREGATED, "fast");

    /** Where the records come from. */
    public enum Input {
        /** From the heap of the measured JVM. */
        LINES,
        /** From a stream with one record per flight. */
        PLAIN,
        /** From a stream with KPL aggregates of flights. */
        AGGREGATED
    }

    private final String id;
    private final String title;
    private final Input input;
    private final String level;

    BenchCase(String id, String title, Input input, String level) {
        this.id = id;
        this.title = title;
        this.input = input;
        this.level = level;
    }

    /**
     * The case of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static BenchCase of(String id) {
        return Arrays.stream(values())
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "There is no case '"
                                                + id
                                                + "'; the cases are "
                                                + Arrays.stream(values())
                                                        .map(BenchCase::id)
                                                        .toList()));
    }

    /** Name on the command line. */
    public String id() {
        return id;
    }

    /** Name in the table. */
    public String title() {
        return title;
    }

    /** Where the records come from. */
    public Input input() {
        return input;
    }

    /** Compression level, in the corridor's words. */
    public String level() {
        return level;
    }

    /** Whether it writes objects, so that what landed can be read back. */
    public boolean delivers() {
        return this != RAW_GZIP && this != RAW_FAST;
    }

    /** The limit that this case is held against. */
    public BenchCase limit() {
        return level.equals("fast") ? RAW_FAST : RAW_GZIP;
    }
}
