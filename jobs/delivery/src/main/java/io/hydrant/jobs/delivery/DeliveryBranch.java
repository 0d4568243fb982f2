package io.hydrant.jobs.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.FailedBackup;
import io.hydrant.delivery.SourceBackup;
import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.sample.SampleStep;
import io.hydrant.delivery.transform.TransformStep;
import io.hydrant.iceberg.sink.IcebergDelivery;
import io.hydrant.jobs.delivery.staged.StagedTablesSink;
import io.hydrant.redshift.RedshiftSink;
import io.hydrant.s3.sink.DeliveryRole;
import io.hydrant.s3.sink.S3Ledger;
import io.hydrant.s3.sink.S3Sink;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.store.ObjectStoreFactory;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What one delivery does with the records of the source: transform, destination, backup.
 *
 * <p>Where others are beside it, it is a chain of tasks of its own. So what waits at its end, for a
 * warehouse to take the last load, is waited for by no other.
 */
final class DeliveryBranch {

    private static final String ICEBERG_CLASS = "org.apache.iceberg.flink.CatalogLoader";

    private final DeliveryPlan plan;
    private final ObjectStoreFactory stores;

    private final boolean isOneOfSeveral;

    /** Whose operators these are, before their names. */
    private final String owner;

    /**
     * A branch.
     *
     * @param isOneOfSeveral whether the job has others
     */
    DeliveryBranch(DeliveryPlan plan, ObjectStoreFactory stores, boolean isOneOfSeveral) {
        this.plan = plan;
        this.stores = stores;
        this.isOneOfSeveral = isOneOfSeveral;
        this.owner = plan.uidPrefix(isOneOfSeveral);
    }

    /** Adds the operators behind the source. */
    void addTo(DataStream<Envelope> records) {
        DataStream<DeliveryRecord> judged = judge(records);
        boolean hasTables = plan.iceberg() != null;
        boolean isStaged = hasTables && plan.iceberg().staged();
        if (hasTables) {
            requireIceberg();
        }
        if (hasTables && !isStaged) {
            judged = addIceberg(judged);
        }
        if (plan.backup() != null) {
            addBackup(records, judged);
        }
        if (isStaged) {
            DataStreamSink<DeliveryRecord> staged =
                    addSink(
                            judged,
                            new StagedTablesSink(
                                    plan.iceberg(), plan.sink(), plan.sinkAws(), stores),
                            "iceberg-staged");
            if (plan.iceberg().isLoadedByOneTask()) {
                staged.setParallelism(1);
            }
            return;
        }
        DataStream<DeliveryRecord> objects =
                !hasTables
                        ? judged
                        : judged.filter(DeliveryBranch::isForErrors)
                                .name("iceberg-failed")
                                .uid("iceberg-failed");
        if (plan.redshift() == null) {
            addSink(objects, objects(), "s3");
        } else {
            addSink(
                    objects,
                    new RedshiftSink(plan.redshift(), plan.sinkAws(), plan.warehouseAws(), stores),
                    "redshift");
        }
    }

    private DataStream<DeliveryRecord> judge(DataStream<Envelope> records) {
        SingleOutputStreamOperator<DeliveryRecord> judged =
                named(
                        transform().forStream(plan.deliveryStream()).addTo(records),
                        TransformStep.NAME);
        if (isOneOfSeveral) {
            judged.startNewChain();
        }
        return plan.sample() == null ? judged : new SampleStep(plan.sample(), owner).addTo(judged);
    }

    private <T> SingleOutputStreamOperator<T> named(
            SingleOutputStreamOperator<T> step, String name) {
        return step.name(owner + name).uid(owner + name);
    }

    private DataStreamSink<DeliveryRecord> addSink(
            DataStream<DeliveryRecord> records, Sink<DeliveryRecord> sink, String name) {
        return records.sinkTo(sink).name(owner + name).uid(owner + name);
    }

    /** What is in a table is in no object; what was dropped is only put down in the ledger. */
    private static boolean isForErrors(DeliveryRecord record) {
        return switch (record.disposition()) {
            case DEAD_LETTER, DROP, LOST, BEGUN -> true;
            case DELIVER -> false;
        };
    }

    private static void requireIceberg() {
        try {
            Class.forName(ICEBERG_CLASS, false, DeliveryPipeline.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "Iceberg is not there; put iceberg-flink-runtime-2.1, hadoop-client-api and hadoop-client-runtime into Flink's lib/, and iceberg-aws-bundle for tables on S3 or Glue, where the job is started and where it runs",
                    e);
        }
    }

    private DataStream<DeliveryRecord> addIceberg(DataStream<DeliveryRecord> judged) {
        IcebergDelivery delivery = IcebergDelivery.of(plan.iceberg(), plan.deliveryStream());
        S3SinkConfig objects = plan.sinkToWrite();
        if (objects.ledger().enabled()) {
            delivery =
                    delivery.withLedger(
                            new S3Ledger(objects, plan.sinkAws(), stores),
                            objects.naming().streamVersion());
        }
        return delivery.addTo(judged);
    }

    private S3Sink objects() {
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
        addSink(named(kept, step), new S3Sink(plan.backup(), plan.sinkAws(), stores), "backup");
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
}
