package io.hydrant.kinesis.source;

import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.RecordDecoding;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/**
 * Options of the source. Names and defaults equal those of Flink's official Kinesis connector 6.x
 * where it has them.
 */
public final class KinesisSourceOptions {

    /** Positions that the stream no longer holds. */
    public static final ConfigOption<PositionLost> POSITION_LOST =
            ConfigOptions.key("source.position-lost")
                    .enumType(PositionLost.class)
                    .defaultValue(PositionLost.FAIL)
                    .withDescription(
                            "What happens when a job comes back to a position that the stream no longer holds, because"
                                    + " the retention has passed or the stream was created again: FAIL, with the"
                                    + " range that may be lost, or CONTINUE at the oldest record held, with the range"
                                    + " in the log, counted in the metric lostPositions and, of a delivery, in its"
                                    + " ledger.");

    /** Where to begin. */
    public static final ConfigOption<InitialPosition> INIT_POSITION =
            ConfigOptions.key("source.init.position")
                    .enumType(InitialPosition.class)
                    .defaultValue(InitialPosition.LATEST)
                    .withDescription(
                            "Where reading begins when there is no state: LATEST (what arrives from the job's first"
                                    + " start on), TRIM_HORIZON (the oldest record held) or AT_TIMESTAMP.");

    /** The time for AT_TIMESTAMP. */
    public static final ConfigOption<String> INIT_TIMESTAMP =
            ConfigOptions.key("source.init.timestamp")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Time to begin at, with AT_TIMESTAMP: in the format of source.init.timestamp.format, or"
                                    + " seconds since the epoch such as 1459799926.480.");

    /** The format of the time. */
    public static final ConfigOption<String> INIT_TIMESTAMP_FORMAT =
            ConfigOptions.key("source.init.timestamp.format")
                    .stringType()
                    .defaultValue("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
                    .withDescription(
                            "Pattern of source.init.timestamp (java.text.SimpleDateFormat).");

    /** Where to end. */
    public static final ConfigOption<EndPosition> END_POSITION =
            ConfigOptions.key("source.end.position")
                    .enumType(EndPosition.class)
                    .defaultValue(EndPosition.NONE)
                    .withDescription(
                            "Where reading ends, and the job with it: NONE (it goes on), NOW (what had arrived when"
                                    + " the job first listed the stream) or AT_TIMESTAMP (what arrived before"
                                    + " source.end.timestamp). A job that begins AT_TIMESTAMP at the same time goes"
                                    + " on where this one ends.");

    /** The time for an end AT_TIMESTAMP. */
    public static final ConfigOption<String> END_TIMESTAMP =
            ConfigOptions.key("source.end.timestamp")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Time to end at, with AT_TIMESTAMP: in the format of source.end.timestamp.format, or"
                                    + " seconds since the epoch such as 1459799926.480. Records that arrived at that"
                                    + " time or later are not read.");

    /** How that time is written. */
    public static final ConfigOption<String> END_TIMESTAMP_FORMAT =
            ConfigOptions.key("source.end.timestamp.format")
                    .stringType()
                    .defaultValue("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
                    .withDescription(
                            "Pattern of source.end.timestamp (java.text.SimpleDateFormat).");

    /** How often to look for new shards. */
    public static final ConfigOption<Duration> SHARD_DISCOVERY_INTERVAL =
            ConfigOptions.key("source.shard.discovery.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("How often the stream is asked for new shards.");

    /** Records per call. */
    public static final ConfigOption<Integer> GET_RECORDS_MAX_RECORDS =
            ConfigOptions.key("source.shard.get-records.max-record-count")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription(
                            "Records that one GetRecords call asks for at the most, 1 to 10000.");

    /** Bytes per call. */
    public static final ConfigOption<MemorySize> GET_RECORDS_TARGET_BYTES =
            ConfigOptions.key("source.shard.get-records.target-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(5))
                    .withDescription(
                            "Payload that one GetRecords call should return at the most. The number of records asked"
                                    + " for follows their size; this, the threads and Flink's element queue bound the"
                                    + " memory of a reader.");

    /** Who decodes. */
    public static final ConfigOption<RecordDecoding> GET_RECORDS_DECODING =
            ConfigOptions.key("source.shard.get-records.decoding")
                    .enumType(RecordDecoding.class)
                    .defaultValue(RecordDecoding.DIRECT)
                    .withDescription(
                            "Who turns answers of GetRecords into records: DIRECT (Hydrant, from the wire, for less"
                                    + " processor time) or SDK (the AWS SDK). Requests, errors and answers in JSON are the"
                                    + " SDK's either way.");

    /** Pause between calls for one shard. */
    public static final ConfigOption<Duration> GET_RECORDS_INTERVAL =
            ConfigOptions.key("source.shard.get-records.interval")
                    .durationType()
                    .defaultValue(Duration.ofMillis(200))
                    .withDescription(
                            "Shortest time between two GetRecords calls for one shard. The service allows five a"
                                    + " second for all readers of a shard together.");

    /** Pause after an empty answer. */
    public static final ConfigOption<Duration> EMPTY_RECORDS_FETCH_INTERVAL =
            ConfigOptions.key("source.reader.empty-records-fetch-interval")
                    .durationType()
                    .defaultValue(Duration.ofMillis(250))
                    .withDescription(
                            "Shortest time to the next GetRecords call for a shard after one that returned nothing.");

    /** Threads per task. */
    public static final ConfigOption<Integer> READER_THREADS =
            ConfigOptions.key("source.reader.threads")
                    .intType()
                    .defaultValue(4)
                    .withDescription(
                            "Threads with which one task reads its shards, at the most; each reads one shard at a"
                                    + " time, in turn.");

    /** Whether KPL aggregates are taken apart. */
    public static final ConfigOption<Boolean> DEAGGREGATION =
            ConfigOptions.key("source.deaggregation")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether records that the Kinesis Producer Library aggregated are taken apart.");

    /** User records outside the shard. */
    public static final ConfigOption<OutOfRange> DEAGGREGATION_OUT_OF_RANGE =
            ConfigOptions.key("source.deaggregation.out-of-range")
                    .enumType(OutOfRange.class)
                    .defaultValue(OutOfRange.DROP)
                    .withDescription(
                            "What becomes of aggregated user records whose hash key lies outside the shard, which"
                                    + " a producer has sent again after a reshard: DROP them, DROP_AGGREGATE (all of"
                                    + " their aggregate, as the KCL does) or EMIT them.");

    /** How often to look for new streams. */
    public static final ConfigOption<Duration> STREAM_DISCOVERY_INTERVAL =
            ConfigOptions.key("source.stream.discovery.interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How often the account is asked for new streams, where streams are given by a pattern.");

    /** When children of a shard are read. */
    public static final ConfigOption<ShardOrder> SHARD_ORDER =
            ConfigOptions.key("source.shard.order")
                    .enumType(ShardOrder.class)
                    .defaultValue(ShardOrder.PARENTS_FIRST)
                    .withDescription(
                            "When shards that came from a split or a merge are read: PARENTS_FIRST (when all of their"
                                    + " parents was read and is in a completed checkpoint, so that records of a"
                                    + " partition key keep their order; before the first checkpoint has begun, when"
                                    + " it was read), PARENTS_CHECKPOINTED (the same without that exception, for jobs"
                                    + " that make checkpoints for certain) or NONE (as soon as they are found,"
                                    + " without that order over reshards).");

    /** Polling or enhanced fan-out. */
    public static final ConfigOption<ReaderType> READER_TYPE =
            ConfigOptions.key("source.reader.type")
                    .enumType(ReaderType.class)
                    .defaultValue(ReaderType.POLLING)
                    .withDescription(
                            "How shards are read: POLLING (GetRecords) or EFO (enhanced fan-out: the stream pushes to a"
                                    + " consumer of its own, at a price).");

    /** The consumer of enhanced fan-out. */
    public static final ConfigOption<String> EFO_CONSUMER_NAME =
            ConfigOptions.key("source.efo.consumer.name")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Name of the consumer, with EFO. Every job needs one of its own: two that share it take the"
                                    + " subscriptions away from each other.");

    /** Who registers the consumer. */
    public static final ConfigOption<ConsumerLifecycle> EFO_LIFECYCLE =
            ConfigOptions.key("source.efo.lifecycle")
                    .enumType(ConsumerLifecycle.class)
                    .defaultValue(ConsumerLifecycle.JOB_MANAGED)
                    .withDescription(
                            "Who registers the consumer, with EFO: JOB_MANAGED (the job registers it when it starts, or"
                                    + " takes over one of that name, and deregisters it when it ends) or"
                                    + " SELF_MANAGED (it has to be there).");

    /** How long a subscription may be silent. */
    public static final ConfigOption<Duration> EFO_SUBSCRIPTION_TIMEOUT =
            ConfigOptions.key("source.efo.subscription.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "How long a subscription may take to be accepted, and how long one may then be silent,"
                                    + " before another is made from the last position. The service sends an event"
                                    + " every five seconds at least.");

    /** First pause between looks at a consumer. */
    public static final ConfigOption<Duration> EFO_DESCRIBE_MIN_DELAY =
            ConfigOptions.key("source.efo.describe.retry-strategy.delay.min")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription(
                            "Pause between two looks at a consumer that is not active yet, at first.");

    /** Last pause between looks at a consumer. */
    public static final ConfigOption<Duration> EFO_DESCRIBE_MAX_DELAY =
            ConfigOptions.key("source.efo.describe.retry-strategy.delay.max")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "Pause between two looks at a consumer that is not active yet, at the most.");

    /** Looks at a consumer. */
    public static final ConfigOption<Integer> EFO_DESCRIBE_ATTEMPTS =
            ConfigOptions.key("source.efo.describe.retry-strategy.attempts.max")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "How often to look at a consumer that is not active yet before the job fails.");

    /** How long deregistering may take. */
    public static final ConfigOption<Duration> EFO_DEREGISTER_TIMEOUT =
            ConfigOptions.key("source.efo.deregister.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long deregistering the consumer may take at the job's end. Where it takes longer, the"
                                    + " consumer stays and the log says so.");

    /** Leave out copies. */
    public static final ConfigOption<Boolean> DEDUPLICATION_ENABLED =
            ConfigOptions.key("source.deduplication.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Leave out copies of records that a sink with sink.producer-identity.enabled has put"
                                    + " more than once.");

    /** Producers to remember. */
    public static final ConfigOption<Integer> DEDUPLICATION_MAX_PRODUCERS =
            ConfigOptions.key("source.deduplication.max-producers")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "Producers of one shard that are remembered at the most, at 8 KiB each; every attempt of"
                                    + " every task of a sink is one. Copies of those forgotten stay.");

    /** How long to remember a producer. */
    public static final ConfigOption<Duration> DEDUPLICATION_RETENTION =
            ConfigOptions.key("source.deduplication.retention")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How long after its last record, by arrival in the shard, a producer is remembered once"
                                    + " others come.");

    private KinesisSourceOptions() {}
}
