package io.hydrant.jobs.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.delivery.sample.SampleStep;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.s3.archive.ArchiveSource;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3ObjectStore;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The corridor as a Flink job.
 *
 * <pre>
 *   kinesis ──┬──> transform ─────> s3 (writer ─> committer)     or archive ─> …
 *   Envelope  │    DeliveryRecord
 *             └──> source-backup ─> backup (writer ─> committer), where there is one;
 *                  failed-backup behind the transform, where it is of failed records only
 *
 *   transform ─> sample-keys ─> sample ─> …             where one of many is delivered
 *
 *   transform ─> iceberg-rows ──> iceberg (writer ─> iceberg-commits ─> committer)
 *                     └─> iceberg-failed ─> s3            where tables of Iceberg are the destination
 *
 *   transform ─> iceberg-staged (writer ─> committer)    where those are behind objects that wait
 *
 *   transform ─> redshift (writer ─> committer)          where a table of Redshift is
 *
 *   kinesis ──┬──> orders/transform ─> orders/s3          where several deliveries share the job
 *             └──> sales/transform ──> sales/redshift
 * </pre>
 *
 * <p>Exactly once because the source's position, the open objects and the finished ones are in the
 * same checkpoint, and objects appear only behind one. Assumes checkpoints in mode EXACTLY_ONCE;
 * where Flink is told nothing about checkpoints, one is made every 10 seconds and the last one is
 * kept when the job is cancelled. Breaks if the checkpoint that a job goes on from is older than
 * the retention of the stream.
 *
 * <p>Every operator's uid is the name of its room and never changes, so that state finds its way;
 * where several deliveries share the job, that of the delivery stream stands before it.
 */
public final class DeliveryPipeline {

    /** Time between checkpoints where Flink is told none. */
    public static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    private final DeliveryGroup group;

    /** What the deliveries have in common: how the stream is read, and in how many tasks. */
    private final DeliveryPlan plan;

    private Source<Envelope, ?, ?> source;
    private ObjectStoreFactory stores = S3ObjectStore::connect;

    private DeliveryPipeline(DeliveryGroup group) {
        this.group = group;
        this.plan = group.first();
    }

    /** The pipeline of a plan, from Kinesis to its destination. */
    public static DeliveryPipeline of(DeliveryPlan plan) {
        return of(new DeliveryGroup(List.of(plan)));
    }

    /** The pipeline of several plans that read one stream. */
    static DeliveryPipeline of(DeliveryGroup group) {
        return new DeliveryPipeline(Objects.requireNonNull(group, "group"));
    }

    /** Reads from another source; for tests and benchmarks that need no Kinesis. */
    public DeliveryPipeline withSource(Source<Envelope, ?, ?> replacement) {
        this.source = Objects.requireNonNull(replacement, "replacement");
        return this;
    }

    /** Writes through another store; for tests that inject faults. */
    public DeliveryPipeline withObjectStore(ObjectStoreFactory replacement) {
        this.stores = Objects.requireNonNull(replacement, "replacement");
        return this;
    }

    /**
     * Adds the operators, and the settings of the job that the environment does not have yet.
     *
     * @throws IllegalArgumentException if the transform's class cannot be used, or Iceberg's are
     *     not there
     */
    public void addTo(StreamExecutionEnvironment env) {
        configure(env);
        String from = plan.archive() == null ? "kinesis" : "archive";
        DataStream<Envelope> records =
                env.fromSource(
                                source(),
                                isTimeNeeded()
                                        ? SampleStep.watermarks()
                                        : WatermarkStrategy.noWatermarks(),
                                from,
                                EnvelopeTypeInformation.INSTANCE)
                        .uid(from);
        for (DeliveryPlan each : group.plans()) {
            new DeliveryBranch(each, stores, group.isSeveral()).addTo(records);
        }
    }

    private boolean isTimeNeeded() {
        return plan.archive() == null
                && group.plans().stream().anyMatch(each -> each.sample() != null);
    }

    private Source<Envelope, ?, ?> source() {
        if (source != null) {
            return source;
        }
        return plan.archive() == null
                ? KinesisSource.of(plan.stream(), plan.sourceAws(), plan.source()).withMarkers()
                : new ArchiveSource(
                        plan.archive(),
                        plan.sinkAws(),
                        plan.sink().store(),
                        plan.sink().retryTimeout(),
                        stores);
    }

    private void configure(StreamExecutionEnvironment env) {
        ReadableConfig given = env.getConfiguration();
        Configuration settings = new Configuration();
        // Records are immutable by contract, so nothing is gained by copying them.
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        if (given.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
            settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, DEFAULT_CHECKPOINT_INTERVAL);
            if (given.getOptional(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE).isEmpty()) {
                settings.set(
                        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                        CheckpointingMode.EXACTLY_ONCE);
            }
            if (given.getOptional(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)
                    .isEmpty()) {
                settings.set(
                        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
            }
        }
        env.configure(settings);
        if (plan.parallelism() != null) {
            env.setParallelism(plan.parallelism());
        }
        // What the web UI shows as the job's user configuration.
        env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(group.shownOptions()));
    }
}
