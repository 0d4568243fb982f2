package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.BufferConfig;
import io.hydrant.delivery.buffer.BufferOptions;
import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.conversion.ConversionOptions;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.FormatConfig;
import io.hydrant.delivery.format.FormatOptions;
import io.hydrant.delivery.partition.NamingConfig;
import io.hydrant.s3.store.S3StoreConfig;

import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * The S3 destination's options, resolved and validated once.
 *
 * @param bucket bucket of the objects
 * @param partSize stored bytes from which a part is uploaded
 * @param uploadThreads requests of one subtask at once
 * @param retryTimeout how long a request is repeated
 * @param buffer when objects are due, and memory
 * @param format what objects look like inside
 * @param conversion what records are converted to, null where they stay what they are
 * @param naming what objects are called
 * @param ledger where the ledger lies
 * @param store how to speak to the store
 * @param role what the sink is to its delivery stream
 */
public record S3SinkConfig(
        String bucket,
        int partSize,
        int uploadThreads,
        Duration retryTimeout,
        BufferConfig buffer,
        FormatConfig format,
        ConversionConfig conversion,
        NamingConfig naming,
        LedgerConfig ledger,
        S3StoreConfig store,
        DeliveryRole role)
        implements Serializable {

    private static final long SMALLEST_PART = 5 * 1024 * 1024;
    private static final long LARGEST_PART = 1024 * 1024 * 1024;

    /** Validates ranges. */
    public S3SinkConfig {
        Objects.requireNonNull(buffer, "buffer");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(naming, "naming");
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(role, "role");
        if (bucket == null || bucket.isBlank()) {
            throw new IllegalArgumentException(
                    S3SinkOptions.BUCKET.key() + " is missing; name the bucket that objects go to");
        }
        requirePartSize(partSize);
        if (conversion != null && format.compression() != Compression.UNCOMPRESSED) {
            throw new IllegalArgumentException(
                    FormatOptions.COMPRESSION.key()
                            + " is "
                            + format.compression()
                            + "; with "
                            + ConversionOptions.FORMAT.key()
                            + " it must be UNCOMPRESSED, for the files have a compression of their own");
        }
        if (buffer.memoryBudget() < 3L * partSize) {
            throw new IllegalArgumentException(
                    BufferOptions.MEMORY_BUDGET.key()
                            + " is "
                            + buffer.memoryBudget()
                            + " bytes; it must hold at least 3 parts of "
                            + S3SinkOptions.PART_SIZE.key()
                            + ", which is "
                            + partSize
                            + " bytes");
        }
        if (buffer.size() > format.compression().largestContent()) {
            throw new IllegalArgumentException(
                    BufferOptions.SIZE.key()
                            + " is "
                            + buffer.size()
                            + " bytes; an object of "
                            + format.compression()
                            + " can hold "
                            + format.compression().largestContent());
        }
        if (uploadThreads < 1 || uploadThreads > 256) {
            throw new IllegalArgumentException(
                    S3SinkOptions.UPLOAD_THREADS.key()
                            + " is "
                            + uploadThreads
                            + "; it must be from 1 to 256");
        }
        if (retryTimeout.isNegative() || retryTimeout.isZero()) {
            throw new IllegalArgumentException(
                    S3SinkOptions.RETRY_TIMEOUT.key()
                            + " is "
                            + retryTimeout
                            + "; it must be longer than zero");
        }
    }

    /**
     * Reads the options of this room, and the buffer's, the format's and the names'.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static S3SinkConfig from(ReadableConfig config) {
        MemorySize partSize = config.get(S3SinkOptions.PART_SIZE);
        requirePartSize(partSize.getBytes());
        String bucket = config.get(S3SinkOptions.BUCKET);
        FormatConfig format = FormatConfig.from(config);
        ConversionConfig conversion = ConversionConfig.from(config);
        return new S3SinkConfig(
                bucket,
                (int) partSize.getBytes(),
                config.get(S3SinkOptions.UPLOAD_THREADS),
                config.get(S3SinkOptions.RETRY_TIMEOUT),
                BufferConfig.from(config),
                format,
                conversion,
                NamingConfig.from(
                        config,
                        defaultExtension(format, conversion),
                        format.compression().extension()),
                LedgerConfig.from(config, bucket == null ? "" : bucket),
                S3StoreConfig.from(config),
                DeliveryRole.DESTINATION);
    }

    /**
     * The same for one of several writers of a process, which share its memory and its requests.
     *
     * @param writers how many there are; each has at least what the smallest budget allows
     */
    public S3SinkConfig shared(int writers) {
        long share =
                Math.max(
                        Math.max(3L * partSize, BufferConfig.smallestBudget(buffer.blockSize())),
                        buffer.memoryBudget() / writers);
        return new S3SinkConfig(
                bucket,
                partSize,
                Math.max(1, uploadThreads / writers),
                retryTimeout,
                buffer.withMemoryBudget(share),
                format,
                conversion,
                naming,
                ledger,
                store,
                role);
    }

    /** The same with another conversion. */
    public S3SinkConfig with(ConversionConfig newConversion) {
        return new S3SinkConfig(
                bucket,
                partSize,
                uploadThreads,
                retryTimeout,
                buffer,
                format,
                newConversion,
                naming,
                ledger,
                store,
                role);
    }

    /** Extension of data objects where the user chooses none. */
    String defaultExtension() {
        return defaultExtension(format, conversion);
    }

    private static String defaultExtension(FormatConfig format, ConversionConfig conversion) {
        return conversion == null
                ? format.compression().extension()
                : conversion.file().format().extension();
    }

    private static void requirePartSize(long bytes) {
        if (bytes < SMALLEST_PART || bytes > LARGEST_PART) {
            throw new IllegalArgumentException(
                    S3SinkOptions.PART_SIZE.key()
                            + " is "
                            + bytes
                            + " bytes; it must be from "
                            + SMALLEST_PART
                            + " (S3's least) to "
                            + LARGEST_PART);
        }
    }
}
