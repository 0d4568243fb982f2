package io.hydrant.delivery.buffer;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * The buffer's options, resolved and validated once.
 *
 * @param size bytes before compression at which an object is delivered
 * @param raisedSize bytes to which {@code size} is raised while the destination falls behind
 * @param interval age at which an object is delivered; zero means with every checkpoint
 * @param blockSize bytes that are compressed at once
 * @param memoryBudget bytes of heap that the objects of one subtask may take
 * @param partitionTime which arrival time the prefix shows
 */
public record BufferConfig(
        long size,
        long raisedSize,
        Duration interval,
        int blockSize,
        long memoryBudget,
        PartitionTime partitionTime)
        implements Serializable {

    private static final long SMALLEST_BLOCK = 4 * 1024;
    private static final long LARGEST_BLOCK = 64 * 1024 * 1024;
    private static final long SMALLEST_BUDGET = 16 * 1024 * 1024;

    /** Validates ranges. */
    public BufferConfig {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(partitionTime, "partitionTime");
        requireInRange(BufferOptions.SIZE, size, 1, Long.MAX_VALUE);
        requireInRange(BufferOptions.BLOCK_SIZE, blockSize, SMALLEST_BLOCK, LARGEST_BLOCK);
        requireInRange(BufferOptions.MEMORY_BUDGET, memoryBudget, SMALLEST_BUDGET, Long.MAX_VALUE);
        if (memoryBudget < 8L * blockSize) {
            throw new IllegalArgumentException(
                    BufferOptions.MEMORY_BUDGET.key()
                            + " is "
                            + memoryBudget
                            + " bytes; it must hold at least 8 blocks of "
                            + BufferOptions.BLOCK_SIZE.key()
                            + ", which is "
                            + blockSize
                            + " bytes");
        }
        if (interval.isNegative()) {
            throw new IllegalArgumentException(
                    BufferOptions.INTERVAL.key()
                            + " is "
                            + interval
                            + "; it must be zero (deliver with every checkpoint) or longer");
        }
    }

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static BufferConfig from(ReadableConfig config) {
        long blockSize = config.get(BufferOptions.BLOCK_SIZE).getBytes();
        requireInRange(BufferOptions.BLOCK_SIZE, blockSize, SMALLEST_BLOCK, LARGEST_BLOCK);
        return new BufferConfig(
                config.get(BufferOptions.SIZE).getBytes(),
                config.get(BufferOptions.RAISED_SIZE).getBytes(),
                config.get(BufferOptions.INTERVAL),
                (int) blockSize,
                config.get(BufferOptions.MEMORY_BUDGET).getBytes(),
                config.get(BufferOptions.PARTITION_TIME));
    }

    /** The smallest memory budget that goes with blocks of that size. */
    public static long smallestBudget(int blockSize) {
        return Math.max(SMALLEST_BUDGET, 8L * blockSize);
    }

    /** The same with another memory budget. */
    public BufferConfig withMemoryBudget(long bytes) {
        return new BufferConfig(size, raisedSize, interval, blockSize, bytes, partitionTime);
    }

    private static void requireInRange(ConfigOption<?> option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option.key()
                            + " is "
                            + value
                            + " bytes; it must be at least "
                            + least
                            + (most == Long.MAX_VALUE ? "" : " and at the most " + most));
        }
    }
}
