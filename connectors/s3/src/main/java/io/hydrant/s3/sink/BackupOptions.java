package io.hydrant.s3.sink;

import io.hydrant.delivery.format.Compression;
import io.hydrant.s3.store.Encryption;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/**
 * The options of the backup: the records as they came, in objects of their own beside those of the
 * delivery. What is not here is as it is for the delivery.
 */
public final class BackupOptions {

    /** Whether there is a backup. */
    public static final ConfigOption<BackupMode> MODE =
            ConfigOptions.key("backup.mode")
                    .enumType(BackupMode.class)
                    .defaultValue(BackupMode.DISABLED)
                    .withDescription(
                            "Which records are kept beside what is delivered, once each: DISABLED (none), ENABLED (all, as they came from the stream), "
                                    + "FAILED_ONLY (those that go to the error prefix, their payload alone; a record that was taken apart by the parts that failed). "
                                    + "Firehose: S3BackupMode, for S3 without the last one.");

    /** Its bucket. */
    public static final ConfigOption<String> BUCKET =
            ConfigOptions.key("backup.bucket")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Bucket of the backup. Firehose: BucketARN of the S3BackupConfiguration.");

    /** Its prefix. */
    public static final ConfigOption<String> PREFIX =
            ConfigOptions.key("backup.prefix")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Prefix of the backup's objects, with the expressions timestamp and random-string. Firehose: Prefix of the S3BackupConfiguration.");

    /** What Firehose wants beside a prefix with expressions. */
    public static final ConfigOption<String> ERROR_PREFIX =
            ConfigOptions.key("backup.error-prefix")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Error prefix of the backup, required where backup.prefix has an expression, as Firehose does. No record of a backup ever goes there. "
                                    + "Firehose: ErrorOutputPrefix of the S3BackupConfiguration.");

    /** Its size hint. */
    public static final ConfigOption<MemorySize> BUFFER_SIZE =
            ConfigOptions.key("backup.buffer.size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(5))
                    .withDescription(
                            "As delivery.buffer.size, for the backup. Firehose: BufferingHints.SizeInMBs of the S3BackupConfiguration.");

    /** Its interval hint. */
    public static final ConfigOption<Duration> BUFFER_INTERVAL =
            ConfigOptions.key("backup.buffer.interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "As delivery.buffer.interval, for the backup, and never 0. Firehose: BufferingHints.IntervalInSeconds of the S3BackupConfiguration.");

    /** Its compression. */
    public static final ConfigOption<Compression> COMPRESSION =
            ConfigOptions.key("backup.compression")
                    .enumType(Compression.class)
                    .defaultValue(Compression.UNCOMPRESSED)
                    .withDescription(
                            "As delivery.compression, for the backup. Firehose: CompressionFormat of the S3BackupConfiguration.");

    /** Newline behind each record. */
    public static final ConfigOption<Boolean> APPEND_NEWLINE =
            ConfigOptions.key("backup.append-newline")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether every record of the backup is followed by a newline. Firehose lays them end to end.");

    /** Its encryption. */
    public static final ConfigOption<Encryption> ENCRYPTION =
            ConfigOptions.key("backup.encryption.type")
                    .enumType(Encryption.class)
                    .noDefaultValue()
                    .withDescription("As s3.encryption.type, for the backup.");

    /** Its encryption key. */
    public static final ConfigOption<String> KMS_KEY_ARN =
            ConfigOptions.key("backup.encryption.kms-key-arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "As s3.encryption.kms-key-arn, for the backup. Firehose: EncryptionConfiguration of the S3BackupConfiguration.");

    /** Its memory. */
    public static final ConfigOption<MemorySize> MEMORY_BUDGET =
            ConfigOptions.key("backup.memory-budget")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription("As delivery.memory-budget, for the backup, beside it.");

    private BackupOptions() {}
}
