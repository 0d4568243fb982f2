package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.delivery.processing.ProcessingConfig;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;

import java.time.Clock;

/**
 * The transform, and the steps around it, as a Flink function: every record in gives one record out
 * or its parts, which say where they go.
 *
 * <p>Metrics: {@code SucceedProcessing.Records} and {@code .Bytes} under Firehose's names, and
 * {@code DroppedProcessing.Records} and {@code FailedProcessing.Records} in its manner.
 */
public final class TransformFunction extends RichFlatMapFunction<Envelope, DeliveryRecord>
        implements ResultTypeQueryable<DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    private final TransformConfig config;
    private final ProcessingConfig processing;

    private transient TransformSteps steps;
    private transient Counting counting;
    private transient Counter succeeded;
    private transient Counter succeededBytes;
    private transient Counter dropped;
    private transient Counter failed;

    private TransformFunction(TransformConfig config, ProcessingConfig processing) {
        this.config = config;
        this.processing = processing;
    }

    /** The transform alone; see {@link #of(TransformConfig, ProcessingConfig, ClassLoader)}. */
    public static TransformFunction of(TransformConfig config, ClassLoader loader) {
        return of(config, ProcessingConfig.NONE, loader);
    }

    /**
     * A function for that transform and those steps around it. One instance of the transform is
     * made on the spot, so that a class that cannot be used is refused before the job starts.
     *
     * @param loader where the class is looked for on the spot; tasks use their own
     * @throws IllegalArgumentException saying what is wrong with the class and how to mend it
     */
    public static TransformFunction of(
            TransformConfig config, ProcessingConfig processing, ClassLoader loader) {
        config.instantiate(loader);
        return new TransformFunction(config, processing);
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        RuntimeContext runtime = getRuntimeContext();
        MetricGroup metrics = runtime.getMetricGroup();
        succeeded = metrics.counter("SucceedProcessing.Records");
        succeededBytes = metrics.counter("SucceedProcessing.Bytes");
        dropped = metrics.counter("DroppedProcessing.Records");
        failed = metrics.counter("FailedProcessing.Records");
        counting = new Counting();
        steps =
                TransformSteps.open(
                        config,
                        processing,
                        runtime.getUserCodeClassLoader(),
                        new TransformContext(
                                config.parameters(),
                                runtime.getTaskInfo().getIndexOfThisSubtask(),
                                runtime.getTaskInfo().getNumberOfParallelSubtasks(),
                                metrics),
                        Clock.systemUTC());
    }

    @Override
    public void flatMap(Envelope record, Collector<DeliveryRecord> out)
            throws InterruptedException {
        steps.process(record, counting.to(out));
    }

    private void count(DeliveryRecord judged) {
        switch (judged.disposition()) {
            case DELIVER -> {
                succeeded.inc();
                succeededBytes.inc(judged.envelope().payloadLength());
            }
            case DROP -> dropped.inc();
            case DEAD_LETTER -> failed.inc();
            case LOST -> {
                // No record; the source counts it.
            }
        }
    }

    /** Counts what it hands on. */
    private final class Counting implements Collector<DeliveryRecord> {

        private Collector<DeliveryRecord> out;

        Counting to(Collector<DeliveryRecord> newOut) {
            out = newOut;
            return this;
        }

        @Override
        public void collect(DeliveryRecord record) {
            count(record);
            out.collect(record);
        }

        @Override
        public void close() {
            out.close();
        }
    }

    @Override
    public void close() throws Exception {
        if (steps != null) {
            steps.close();
        }
    }

    @Override
    public TypeInformation<DeliveryRecord> getProducedType() {
        return DeliveryRecordTypeInformation.INSTANCE;
    }
}
