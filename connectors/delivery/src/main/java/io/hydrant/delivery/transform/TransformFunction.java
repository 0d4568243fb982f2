package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.time.Clock;

/**
 * The transform as a Flink function: every record in gives one record out, which says where it
 * goes.
 *
 * <p>Metrics: {@code SucceedProcessing.Records} and {@code .Bytes} under Firehose's names, and
 * {@code DroppedProcessing.Records} and {@code FailedProcessing.Records} in its manner.
 */
public final class TransformFunction extends RichMapFunction<Envelope, DeliveryRecord>
        implements ResultTypeQueryable<DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    private final TransformConfig config;

    private transient RecordTransform transform;
    private transient GuardedTransform guarded;
    private transient Counter succeeded;
    private transient Counter succeededBytes;
    private transient Counter dropped;
    private transient Counter failed;

    private TransformFunction(TransformConfig config) {
        this.config = config;
    }

    /**
     * A function for that transform, of which one instance is made on the spot, so that a class
     * that cannot be used is refused before the job starts.
     *
     * @param loader where the class is looked for on the spot; tasks use their own
     * @throws IllegalArgumentException saying what is wrong with the class and how to mend it
     */
    public static TransformFunction of(TransformConfig config, ClassLoader loader) {
        config.instantiate(loader);
        return new TransformFunction(config);
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        RuntimeContext runtime = getRuntimeContext();
        MetricGroup metrics = runtime.getMetricGroup();
        succeeded = metrics.counter("SucceedProcessing.Records");
        succeededBytes = metrics.counter("SucceedProcessing.Bytes");
        dropped = metrics.counter("DroppedProcessing.Records");
        failed = metrics.counter("FailedProcessing.Records");
        transform = config.instantiate(runtime.getUserCodeClassLoader());
        guarded = new GuardedTransform(transform, Clock.systemUTC());
        transform.open(
                new TransformContext(
                        config.parameters(),
                        runtime.getTaskInfo().getIndexOfThisSubtask(),
                        runtime.getTaskInfo().getNumberOfParallelSubtasks(),
                        metrics));
    }

    @Override
    public DeliveryRecord map(Envelope record) throws InterruptedException {
        DeliveryRecord judged = guarded.apply(record);
        switch (judged.disposition()) {
            case DELIVER -> {
                succeeded.inc();
                succeededBytes.inc(judged.envelope().payloadLength());
            }
            case DROP -> dropped.inc();
            case DEAD_LETTER -> failed.inc();
        }
        return judged;
    }

    @Override
    public void close() throws Exception {
        if (transform != null) {
            transform.close();
        }
    }

    @Override
    public TypeInformation<DeliveryRecord> getProducedType() {
        return DeliveryRecordTypeInformation.INSTANCE;
    }
}
