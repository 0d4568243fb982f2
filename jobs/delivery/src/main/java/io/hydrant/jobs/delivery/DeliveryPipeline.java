package io.hydrant.jobs.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.FailedBackup;
import io.hydrant.delivery.SourceBackup;
import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.sample.SampleStep;
import io.hydrant.delivery.transform.TransformStep;
import io.hydrant.iceberg.sink.IcebergDelivery;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.redshift.RedshiftSink;
import io.hydrant.s3.archive.ArchiveSource;
import io.hydrant.s3.sink.DeliveryRole;
import io.hydrant.s3.sink.S3Sink;
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
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

import java.time.Duration;
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
 *   transform ─> redshift (writer ─> committer)          where a table of Redshift is
 * </pre>
 *
 * <p>Exactly once because the source's position, the open objects and the finished ones are in the
 * same checkpoint, and objects appear only behind one. Assumes checkpoints in mode EXACTLY_ONCE;
 * where Flink is told nothing about checkpoints, one is made every 10 seconds and the last one is
 * kept when the job is cancelled. Breaks if the checkpoint that a job goes on from is older than
 * the retention of the stream.
 *
 * <p>Every operator's uid is the name of its room and never changes, so that state finds its way.
 */
public final class DeliveryPipeline {

    /** Time between checkpoints where Flink is told none. */
    public static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    private static final String ICEBERG_CLASS = "org.apache.iceberg.flink.CatalogLoader";

    private final DeliveryPlan plan;
    private Source<Envelope, ?, ?> source;
    private ObjectStoreFactory stores = S3ObjectStore::connect;

    private DeliveryPipeline(DeliveryPlan plan) {
        this.plan = plan;
    }

    /** The pipeline of a plan, from Kinesis to its destination. */
    public static DeliveryPipeline of(DeliveryPlan plan) {
        return new DeliveryPipeline(Objects.requireNonNull(plan, "plan"));
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
                                plan.sample() == null || plan.archive() != null
                                        ? WatermarkStrategy.noWatermarks()
                                        : SampleStep.watermarks(),
                                from,
                                EnvelopeTypeInformation.INSTANCE)
                        .uid(from);
        DataStream<DeliveryRecord> judged =
                transform().forStream(plan.deliveryStream()).addTo(records);
        if (plan.sample() != null) {
            judged = new SampleStep(plan.sample()).addTo(judged);
        }
        if (plan.iceberg() != null) {
            judged = addIceberg(judged);
        }
        if (plan.backup() != null) {
            addBackup(records, judged);
        }
        DataStream<DeliveryRecord> objects =
                plan.iceberg() == null
                        ? judged
                        : judged.filter(DeliveryPipeline::isForErrors)
                                .name("iceberg-failed")
                                .uid("iceberg-failed");
        if (plan.redshift() == null) {
            objects.sinkTo(sink()).name("s3").uid("s3");
        } else {
            objects.sinkTo(new RedshiftSink(plan.redshift(), plan.sinkAws(), stores))
                    .name("redshift")
                    .uid("redshift");
        }
    }

    /** What is in a table, or dropped, is in no object. */
    private static boolean isForErrors(DeliveryRecord record) {
        return switch (record.disposition()) {
            case DEAD_LETTER, LOST, BEGUN -> true;
            case DELIVER, DROP -> false;
        };
    }

    private DataStream<DeliveryRecord> addIceberg(DataStream<DeliveryRecord> judged) {
        try {
            Class.forName(ICEBERG_CLASS, false, DeliveryPipeline.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "Iceberg is not there; put iceberg-flink-runtime-2.1, hadoop-client-api and hadoop-client-runtime into Flink's lib/, and iceberg-aws-bundle for tables on S3 or Glue, where the job is started and where it runs",
                    e);
        }
        return IcebergDelivery.of(plan.iceberg(), plan.deliveryStream()).addTo(judged);
    }

    private S3Sink sink() {
        S3Sink sink = new S3Sink(plan.sinkToWrite(), plan.sinkAws(), stores);
        ConversionConfig conversion = plan.sink().conversion();
        return conversion != null && conversion.followsTable()
                ? sink.following(new GlueColumnsSource(conversion.table(), plan.catalogAws()))
                : sink;
    }

    private void addBackup(DataStream<Envelope> records, DataStream<DeliveryRecord> judged) {
        SingleOutputStreamOperator<DeliveryRecord> kept;
        String step;
        if (plan.backup().role() == DeliveryRole.FAILED_BACKUP) {
            step = "failed-backup";
            kept = judged.flatMap(new FailedBackup(plan.sinkToWrite().conversion()));
        } else {
            step = "source-backup";
            kept = records.flatMap(new SourceBackup());
        }
        kept.name(step)
                .uid(step)
                .sinkTo(new S3Sink(plan.backup(), plan.sinkAws(), stores))
                .name("backup")
                .uid("backup");
    }

    private TransformStep transform() {
        if (plan.lambda() != null) {
            return TransformStep.of(plan.lambda(), plan.processing());
        }
        return TransformStep.of(
                plan.transform(),
                plan.processing(),
                Thread.currentThread().getContextClassLoader());
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
        env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(plan.shownOptions()));
    }
}
