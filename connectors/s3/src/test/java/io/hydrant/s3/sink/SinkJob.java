package io.hydrant.s3.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.delivery.conversion.TableColumnsSource;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Jobs of a source and the sink, on the cluster of the test and over the store of its faults. */
final class SinkJob {

    private static final int PATIENCE_SECONDS = 120;

    private final String faults;
    private final AwsClientConfig aws;
    private final Map<String, String> options;
    private final TableColumnsSource table;

    /**
     * Jobs of that configuration.
     *
     * @param faults name of the {@link JobFaults}
     * @param options options of the sink that differ from {@link WriterRig#config}
     */
    SinkJob(String faults, AwsClientConfig aws, Map<String, String> options) {
        this(faults, aws, options, null);
    }

    private SinkJob(
            String faults,
            AwsClientConfig aws,
            Map<String, String> options,
            TableColumnsSource table) {
        this.table = table;
        this.faults = faults;
        this.aws = aws;
        this.options = new HashMap<>(Map.of("delivery.memory-budget", "32 mb"));
        this.options.putAll(options);
    }

    /** The same, whose sink follows a table. */
    SinkJob following(TableColumnsSource columns) {
        return new SinkJob(faults, aws, options, columns);
    }

    /** Runs to the end of the source, over as many restarts as the faults make necessary. */
    void run(int parallelism, SteppedSource source) throws Exception {
        awaitEnd(start(parallelism, source, null));
    }

    /**
     * Starts a job.
     *
     * @param savepoint where to go on, null to begin
     */
    JobClient start(int parallelism, SteppedSource source, String savepoint) throws Exception {
        Configuration config = config();
        if (savepoint != null) {
            config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(parallelism);
        env.fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        "source",
                        DeliveryRecordTypeInformation.INSTANCE)
                .uid("source")
                .map(
                        options.containsKey("delivery.conversion.format")
                                ? Records::asJson
                                : record -> record)
                .returns(DeliveryRecordTypeInformation.INSTANCE)
                .uid("json")
                .sinkTo(sink())
                .uid("s3");
        return env.executeAsync();
    }

    /** Delivers these records in their order, over the network between source and sink. */
    void deliver(List<DeliveryRecord> records) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(config());
        env.setParallelism(1);
        env.fromData(records, DeliveryRecordTypeInformation.INSTANCE).rebalance().sinkTo(sink());
        awaitEnd(env.executeAsync());
    }

    static void awaitEnd(JobClient job) throws Exception {
        job.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private S3Sink sink() {
        String[] flat =
                options.entrySet().stream()
                        .flatMap(option -> List.of(option.getKey(), option.getValue()).stream())
                        .toArray(String[]::new);
        S3Sink sink = new S3Sink(WriterRig.config(flat), aws, JobFaults.storeOf(faults));
        return table == null ? sink : sink.following(table);
    }

    private static Configuration config() {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        return config;
    }
}
