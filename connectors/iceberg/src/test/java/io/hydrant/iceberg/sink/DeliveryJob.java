package io.hydrant.iceberg.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.iceberg.IcebergConfig;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A job that delivers numbered records, some with every checkpoint, to a catalog in memory. */
final class DeliveryJob {

    /** What tasks of a job, and the test that runs it, know of one another. */
    static final class Shared {
        final FaultyCatalog catalog = new FaultyCatalog();
        final Queue<DeliveryRecord> judged = new ConcurrentLinkedQueue<>();
        final AtomicLong failAtRecord = new AtomicLong(-1);
        final AtomicLong failAtCheckpoint = new AtomicLong(-1);
        final AtomicLong completed = new AtomicLong();
    }

    private static final Map<String, Shared> SHARED = new ConcurrentHashMap<>();

    private final String name;
    private final IcebergConfig config;
    private final GeneratorFunction<Long, String> json;

    DeliveryJob(String name, IcebergConfig config, GeneratorFunction<Long, String> json) {
        this.name = name;
        this.config = config;
        this.json = json;
    }

    static Shared shared(String name) {
        return SHARED.computeIfAbsent(name, key -> new Shared());
    }

    static void forget(String name) {
        SHARED.remove(name);
    }

    /** Starts the job; {@code perCheckpoint} records come with each checkpoint. */
    JobClient start(int parallelism, long records, int perCheckpoint, String savepoint)
            throws Exception {
        Configuration options = new Configuration();
        options.set(PipelineOptions.OBJECT_REUSE, true);
        options.set(PipelineOptions.GENERIC_TYPES, false);
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(60));
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        options.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        options.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        if (savepoint != null) {
            options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        env.setParallelism(parallelism);
        GeneratorFunction<Long, String> text = json;
        DataStream<DeliveryRecord> numbered =
                env.fromSource(
                                new DataGeneratorSource<>(
                                        index -> record(index, text.map(index)),
                                        records,
                                        RateLimiterStrategy.perCheckpoint(perCheckpoint),
                                        DeliveryRecordTypeInformation.INSTANCE),
                                WatermarkStrategy.noWatermarks(),
                                "numbers")
                        .uid("numbers")
                        .process(new Failing(name), DeliveryRecordTypeInformation.INSTANCE)
                        .uid("failing");
        IcebergDelivery.of(config, Deliveries.DELIVERY)
                .withCatalogs(new SharedCatalog(name))
                .addTo(numbered)
                .process(new Noting(name), DeliveryRecordTypeInformation.INSTANCE)
                .uid("noting")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        return env.executeAsync(name);
    }

    private static DeliveryRecord record(long index, String json) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        return DeliveryRecord.deliver(
                new Envelope(
                        "s",
                        "shard",
                        String.valueOf(index),
                        0,
                        "k",
                        0,
                        payload,
                        0,
                        payload.length));
    }

    /** Opens the catalog that the test has. */
    private record SharedCatalog(String name) implements CatalogLoader {

        @Override
        public Catalog loadCatalog() {
            return shared(name).catalog;
        }

        @Override
        @SuppressWarnings({
            "checkstyle:NoClone",
            "checkstyle:SuperClone",
            "MethodDoesntCallSuperMethod"
        })
        public CatalogLoader clone() {
            return this;
        }
    }

    /** Fails where the test says, once. */
    private static final class Failing extends ProcessFunction<DeliveryRecord, DeliveryRecord>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;

        private final String name;

        Failing(String name) {
            this.name = name;
        }

        @Override
        public void processElement(
                DeliveryRecord record, Context context, Collector<DeliveryRecord> out) {
            long index = Long.parseLong(record.envelope().sequence());
            if (shared(name).failAtRecord.compareAndSet(index, -1)) {
                throw new IllegalStateException("The test wants it at record " + index);
            }
            out.collect(record);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            shared(name).completed.set(checkpointId);
            if (shared(name).failAtCheckpoint.compareAndSet(checkpointId, -1)) {
                throw new IllegalStateException("The test wants it behind " + checkpointId);
            }
        }
    }

    /** Keeps dead letters for the test. */
    private static final class Noting extends ProcessFunction<DeliveryRecord, DeliveryRecord> {

        private static final long serialVersionUID = 1L;

        private final String name;

        Noting(String name) {
            this.name = name;
        }

        @Override
        public void processElement(
                DeliveryRecord record, Context context, Collector<DeliveryRecord> out) {
            if (record.failure() != null) {
                shared(name).judged.add(record);
            }
        }
    }
}
