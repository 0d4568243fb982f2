package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.deadletter.DeadLetterFormat;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.processing.ProcessingException;
import io.hydrant.delivery.transform.TransformContext;
import io.hydrant.delivery.transform.TransformSteps;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.util.Objects;

/**
 * Filters, transforms and gives keys: a record in is a record out, or its parts, or none.
 *
 * <p>What comes out is numbered as what came in, whatever filter and transform say, and parts are
 * counted under a name for each place, of this flow, since others may write to the same stream. So
 * what a transform answers otherwise the next time moves no number of another record.
 */
public final class RouteRecords extends ProcessFunction<NumberedRecord, NumberedRecord> {

    private static final long serialVersionUID = 1L;

    /** Records that failed, each as the line of an error document. */
    public static final OutputTag<NumberedRecord> FAILED =
            new OutputTag<>("failed", NumberedRecordTypeInformation.INSTANCE);

    private static final Logger LOG = LoggerFactory.getLogger(RouteRecords.class);

    /** Failures that the log has in full; further ones are counted. */
    private static final int LOGGED = 10;

    private static final int RADIX = 36;
    private static final int TAG_LENGTH = 8;

    private final RouteConfig config;

    private transient String tag;
    private transient Clock clock;
    private transient RecordFilter filter;
    private transient TransformSteps transform;
    private transient RecordKey key;
    private transient DeadLetterFormat deadLetters;
    private transient Counter filtered;
    private transient Counter dropped;
    private transient Counter failed;

    private transient NumberedRecord current;
    private transient Context context;
    private transient Collector<NumberedRecord> output;

    /** What a flow does. */
    public RouteRecords(RouteConfig config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    @Override
    public void open(OpenContext opened) throws Exception {
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        filtered = metrics.counter("filteredRecords");
        dropped = metrics.counter("droppedRecords");
        failed = metrics.counter("failedRecords");
        tag = '-' + Names.of(config.flow(), TAG_LENGTH);
        clock = Clock.systemUTC();
        filter = config.filter() == null ? null : RecordFilter.compile(config.filter());
        key = RecordKey.of(config.key());
        deadLetters = new DeadLetterFormat();
        transform =
                TransformSteps.open(
                        config.transform(),
                        ProcessingConfig.NONE,
                        getRuntimeContext().getUserCodeClassLoader(),
                        new TransformContext(
                                config.transform().parameters(),
                                getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
                                metrics),
                        clock);
    }

    @Override
    public void processElement(
            NumberedRecord record, Context elementContext, Collector<NumberedRecord> out)
            throws IOException, InterruptedException {
        current = record;
        context = elementContext;
        output = out;
        try {
            if (filter != null && !filter.keeps(record.record())) {
                filtered.inc();
                return;
            }
        } catch (ProcessingException e) {
            fail(record.record(), Part.WHOLE, failure("Filter.Failed", e.getMessage()));
            return;
        }
        transform.process(record.record(), new Transformed());
    }

    private void send(DeliveryRecord transformed) {
        Part part = transformed.part();
        try {
            String found = key.of(transformed.envelope(), current, part.index());
            if (found == null) {
                fail(
                        current.record(),
                        part,
                        failure("PartitionKey.Missing", "The query finds no key in the record"));
                return;
            }
            output.collect(stamped(withKey(transformed.envelope(), found), part));
        } catch (ProcessingException e) {
            fail(current.record(), part, failure("PartitionKey.Failed", e.getMessage()));
        }
    }

    private void fail(Envelope record, Part part, Failure failure) {
        failed.inc();
        switch (config.failed()) {
            case STREAM -> {
                GrowingBytes line = new GrowingBytes(2 * record.payloadLength());
                deadLetters.encode(record, part, failure, line);
                context.output(FAILED, stamped(record.withPayload(line.toByteArray()), part));
            }
            case DROP -> {
                if (failed.getCount() <= LOGGED) {
                    LOG.warn(
                            "{} is left out of flow {}: {}: {}",
                            record,
                            config.flow(),
                            failure.code(),
                            failure.message());
                }
            }
            case FAIL ->
                    throw new IllegalStateException(
                            record
                                    + " fails flow "
                                    + config.flow()
                                    + ": "
                                    + failure.code()
                                    + ": "
                                    + failure.message()
                                    + "; name an errorStream for such records, or set failedRecords to DROP");
        }
    }

    private Failure failure(String code, String message) {
        return new Failure(ErrorOutputType.PROCESSING_FAILED, code, message, 1, clock.millis());
    }

    private NumberedRecord stamped(Envelope record, Part part) {
        if (current.producer().isEmpty()) {
            return NumberedRecord.uncounted(record);
        }
        String place = part.index() == 0 ? "" : '-' + Integer.toString(part.index(), RADIX);
        return new NumberedRecord(record, current.producer() + tag + place, current.number());
    }

    private static Envelope withKey(Envelope record, String key) {
        return key.equals(record.partitionKey())
                ? record
                : new Envelope(
                        record.stream(),
                        record.shard(),
                        record.sequence(),
                        record.subSequence(),
                        key,
                        record.arrivalMillis(),
                        record.payloadArray(),
                        record.payloadOffset(),
                        record.payloadLength());
    }

    @Override
    public void close() throws Exception {
        if (transform != null) {
            transform.close();
        }
    }

    /** Takes what the transform makes of the current record. */
    private final class Transformed implements Collector<DeliveryRecord> {

        @Override
        public void collect(DeliveryRecord transformed) {
            switch (transformed.disposition()) {
                case DELIVER -> send(transformed);
                case DROP -> dropped.inc();
                case DEAD_LETTER ->
                        fail(transformed.envelope(), transformed.part(), transformed.failure());
                case LOST, BEGUN ->
                        throw new IllegalStateException(
                                "A marker of the source, which is no record, came to "
                                        + config.flow());
            }
        }

        @Override
        public void close() {}
    }
}
