package io.hydrant.delivery.buffer;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/** The options of the buffer: when an object is full, and how much memory open objects may take. */
public final class BufferOptions {

    /** Size hint. */
    public static final ConfigOption<MemorySize> SIZE =
            ConfigOptions.key("delivery.buffer.size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(5))
                    .withDescription(
                            "Bytes before compression at which an object is delivered. Firehose: BufferingHints.SizeInMBs.");

    /** Interval hint. */
    public static final ConfigOption<Duration> INTERVAL =
            ConfigOptions.key("delivery.buffer.interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "Age at which an object is delivered, however small; it becomes visible with the checkpoint after that. "
                                    + "0 delivers everything with every checkpoint. Firehose: BufferingHints.IntervalInSeconds.");

    /** Bound of a raised size hint. */
    public static final ConfigOption<MemorySize> RAISED_SIZE =
            ConfigOptions.key("delivery.buffer.raised-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(128))
                    .withDescription(
                            "Up to what delivery.buffer.size is raised by itself while records have to wait for the store, step by step, and lowered again after that. "
                                    + "At or below delivery.buffer.size: never. Firehose does so, too, up to a size of its own.");

    /** Bytes that are compressed at once. */
    public static final ConfigOption<MemorySize> BLOCK_SIZE =
            ConfigOptions.key("delivery.buffer.block-size")
                    .memoryType()
                    .defaultValue(new MemorySize(256 * 1024))
                    .withDescription(
                            "Bytes that are compressed at once into a block that stands on its own (a gzip member). "
                                    + "Larger compresses a little better, smaller holds less uncompressed data per open object.");

    /** Memory of one task's open objects. */
    public static final ConfigOption<MemorySize> MEMORY_BUDGET =
            ConfigOptions.key("delivery.memory-budget")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription(
                            "Heap that one sink subtask's objects may take: open, on their way to the store, and waiting for a checkpoint. "
                                    + "At nine tenths of it the largest are compressed, then uploaded early, until three fifths are reached; "
                                    + "a quarter of it, and no more than 4 mb, may wait for a checkpoint in memory before finished objects are uploaded ahead of it; "
                                    + "at all of it the subtask waits for its uploads. A checkpoint copies what is open for a moment.");

    /** Which arrival time decides the prefix of a record. */
    public static final ConfigOption<PartitionTime> PARTITION_TIME =
            ConfigOptions.key("delivery.partition.time")
                    .enumType(PartitionTime.class)
                    .defaultValue(PartitionTime.OBJECT)
                    .withDescription(
                            "Which arrival time the prefix shows. OBJECT: that of the oldest record in the object, as in Firehose. "
                                    + "RECORD: each record's own, so that every record lies under the prefix of its own arrival, with as many open objects as there are prefixes.");

    private BufferOptions() {}
}
