package io.hydrant.localstack.bench.cases;

import io.hydrant.delivery.format.Compression;
import io.hydrant.localstack.bench.measure.NamedCase;

import org.apache.flink.configuration.MemorySize;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What is measured; each case is one run in a JVM of its own. */
public enum BenchCase implements NamedCase {
    /** The limit: DEFLATE alone. */
    RAW_GZIP(
            "raw-gzip",
            "`java.util.zip` GZIP level 6 alone",
            Input.LINES,
            "default",
            0,
            EnumSet.allOf(Suite.class)),
    /** The limit of the fast level. */
    RAW_FAST("raw-fast", "ISA-L GZIP level `fast` alone", Input.LINES, "fast"),
    /** What a user would write without Flink. */
    BARE_LOOP("bare-loop", "bare SDK loop: Kinesis to S3, one thread", Input.PLAIN, "default"),
    /** Flink's own sink behind our source, on plain records. */
    FILE_SINK(
            "file-sink", "Flink FileSink behind our source, plain records", Input.PLAIN, "default"),
    /** Flink's own sink behind our source, on KPL aggregates. */
    FILE_SINK_KPL(
            "file-sink-kpl", "Flink FileSink behind our source, KPL", Input.AGGREGATED, "default"),
    /** The corridor without a stream to read. */
    MEMORY(
            "corridor-memory",
            "corridor from memory",
            Input.LINES,
            "default",
            0,
            EnumSet.allOf(Suite.class)),
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
    KPL_FAST("corridor-kpl-fast", "corridor from Kinesis, KPL, `fast`", Input.AGGREGATED, "fast"),
    /** The limit where the lines of each of ten groups lie together. */
    RAW_GZIP_10("raw-gzip-10", "the same GZIP alone, on lines of 10 groups apart", 10),
    /** The limit of Zstandard: the level that it has by itself. */
    RAW_ZSTD(
            "raw-zstd", "Zstandard level 3 alone", Input.LINES, "3", 0, EnumSet.of(Suite.DELIVERY)),
    /** The same as the corridor sets it. */
    RAW_ZSTD_RECORDS(
            "raw-zstd-records", "Zstandard set for records, as the corridor has it, alone", 0),
    /** The corridor with Zstandard. */
    MEMORY_ZSTD("corridor-zstd", "corridor from memory, Zstandard", 0),
    /** The same with few large objects, as those of the FileSink are. */
    MEMORY_ZSTD_64("corridor-zstd-64", "corridor from memory, Zstandard, objects of 64 MB", 0),
    /** The corridor with a transform of the user's. */
    TRANSFORM("transform", "corridor from memory, a transform in Java", 0),
    /** The corridor with a SELECT over each record. */
    SELECT("select", "corridor from memory, a transform in SQL", 0),
    /** A prefix for each of ten groups. */
    PARTITIONED_10("partitioned-10", "corridor from memory, 10 partitions by jq", 10),
    /** A prefix for each of a thousand. */
    PARTITIONED_1000("partitioned-1000", "corridor from memory, 1,000 partitions by jq", 1000),
    /** A prefix for each of fifty thousand. */
    PARTITIONED_50000("partitioned-50000", "corridor from memory, 50,000 partitions by jq", 50_000),
    /** Flink's own sink on the same rows. */
    FILE_SINK_MEMORY("file-sink-memory", "Flink FileSink from memory", 0),
    /** Flink's own sink with a bucket for each of ten groups. */
    FILE_SINK_10("file-sink-10", "Flink FileSink from memory, 10 buckets", 10),
    /** Flink's own sink with a bucket for each of a thousand. */
    FILE_SINK_1000("file-sink-1000", "Flink FileSink from memory, 1,000 buckets", 1000),
    /** The limit of Parquet. */
    RAW_PARQUET("raw-parquet", "Parquet writer alone, rows decoded beforehand", 0),
    /** The corridor that converts to Parquet. */
    PARQUET("corridor-parquet", "corridor from memory, Parquet", 0),
    /** Flink's own sink that writes Parquet. */
    FILE_SINK_PARQUET("file-sink-parquet", "Flink FileSink from memory, Parquet", 0),
    /** How old records are when they become visible; runs by itself. */
    FRESHNESS(
            "freshness",
            "corridor from Kinesis, kept up with",
            Input.PLAIN,
            "default",
            0,
            EnumSet.noneOf(Suite.class));

    /** Where the records come from. */
    public enum Input {
        /** From the heap of the measured JVM. */
        LINES,
        /** From a stream with one record per flight. */
        PLAIN,
        /** From a stream with KPL aggregates of flights. */
        AGGREGATED
    }

    /** Bytes of a large object before compression; the least that Firehose allows of Parquet. */
    static final MemorySize LARGE_OBJECT = MemorySize.ofMebiBytes(64);

    private final String id;
    private final String title;
    private final Input input;
    private final String level;
    private final int partitions;
    private final Set<Suite> suites;

    BenchCase(String id, String title, Input input, String level) {
        this(id, title, input, level, 0, EnumSet.of(Suite.CORRIDOR));
    }

    BenchCase(String id, String title, int partitions) {
        this(id, title, Input.LINES, "default", partitions, EnumSet.of(Suite.DELIVERY));
    }

    BenchCase(
            String id, String title, Input input, String level, int partitions, Set<Suite> suites) {
        this.id = id;
        this.title = title;
        this.input = input;
        this.level = level;
        this.partitions = partitions;
        this.suites = suites;
    }

    /** The case of that name, which exists. */
    static BenchCase of(String id) {
        return Arrays.stream(values())
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no case " + id));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
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

    /** How its objects are compressed. */
    public Compression compression() {
        if (isColumnar()) {
            return Compression.UNCOMPRESSED;
        }
        return switch (this) {
            case RAW_ZSTD, RAW_ZSTD_RECORDS, MEMORY_ZSTD, MEMORY_ZSTD_64 -> Compression.ZSTD;
            default -> Compression.GZIP;
        };
    }

    /** Whether its objects are Parquet files. */
    public boolean isColumnar() {
        return this == RAW_PARQUET || this == PARQUET || this == FILE_SINK_PARQUET;
    }

    /** Whether its objects are of {@link #LARGE_OBJECT} and not of Firehose's default size. */
    public boolean hasLargeObjects() {
        return isColumnar() || this == MEMORY_ZSTD_64;
    }

    /** How many prefixes its objects lie under by a key of the records, 0 for none. */
    public int partitions() {
        return partitions;
    }

    /** Whether that command runs it. */
    boolean isIn(Suite suite) {
        return suites.contains(suite);
    }

    /** Whether it writes objects, so that what landed can be read back. */
    public boolean delivers() {
        return switch (this) {
            case RAW_GZIP, RAW_GZIP_10, RAW_FAST, RAW_ZSTD, RAW_ZSTD_RECORDS, RAW_PARQUET -> false;
            default -> true;
        };
    }

    /** The limit that this case is held against. */
    public BenchCase limit() {
        if (isColumnar()) {
            return RAW_PARQUET;
        }
        if (compression() == Compression.ZSTD) {
            return RAW_ZSTD;
        }
        if (partitions == RAW_GZIP_10.partitions) {
            return RAW_GZIP_10;
        }
        return level.equals("fast") ? RAW_FAST : RAW_GZIP;
    }
}
