package io.hydrant.s3.sink;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/** The options of the S3 destination; those of buffer, format and names are in their own rooms. */
public final class S3SinkOptions {

    /** Destination bucket. */
    public static final ConfigOption<String> BUCKET =
            ConfigOptions.key("s3.bucket")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Bucket that objects go to. Firehose: BucketARN.");

    /** Size of parts. */
    public static final ConfigOption<MemorySize> PART_SIZE =
            ConfigOptions.key("s3.part-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(5))
                    .withDescription(
                            "Stored bytes from which an open object is uploaded as a part of a multipart upload. At least 5 mb, which is S3's least; "
                                    + "objects that never reach it are written in one piece.");

    /** Threads. */
    public static final ConfigOption<Integer> UPLOAD_THREADS =
            ConfigOptions.key("s3.upload-threads")
                    .intType()
                    .defaultValue(4)
                    .withDescription(
                            "Requests that one sink subtask has on their way at once, while it writes and again while it commits.");

    /** Patience. */
    public static final ConfigOption<Duration> RETRY_TIMEOUT =
            ConfigOptions.key("s3.retry-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long a request that may work later (throttling, errors of the service, the network) is repeated, with growing pauses, "
                                    + "before the job goes back to its last checkpoint.");

    /** Whether there is a ledger. */
    public static final ConfigOption<Boolean> LEDGER_ENABLED =
            ConfigOptions.key("ledger.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether every commit writes which records its objects hold. Without it `hydrant verify` has nothing to compare the stream with.");

    /** Bucket of the ledger. */
    public static final ConfigOption<String> LEDGER_BUCKET =
            ConfigOptions.key("ledger.bucket")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Bucket of the ledger. Without it: s3.bucket.");

    /** Prefix of the ledger. */
    public static final ConfigOption<String> LEDGER_PREFIX =
            ConfigOptions.key("ledger.prefix")
                    .stringType()
                    .defaultValue("_hydrant/ledger/")
                    .withDescription(
                            "Prefix of the ledger's keys; the name of the delivery stream and the hour of the commit follow. Query engines skip what begins with an underscore.");

    private S3SinkOptions() {}
}
