package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.ProcessingException;
import io.hydrant.delivery.processing.RecordQuery;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.time.Clock;
import java.util.Map;

/**
 * Says of each record to which key and interval it belongs, and when it happened. What is not to be
 * delivered passes by, and so does a record whose key or time is not to be had, as a dead letter.
 */
final class SampleKeys
        extends ProcessFunction<DeliveryRecord, Tuple3<String, Long, DeliveryRecord>> {

    private static final long serialVersionUID = 1L;

    /** Code of the failure of a record without key or time. */
    static final String CODE = "Sample.KeyMissing";

    /** What is not sampled. */
    static final OutputTag<DeliveryRecord> PASSED =
            new OutputTag<>("sample-passed", DeliveryRecordTypeInformation.INSTANCE);

    private final SampleConfig config;
    private transient RecordQuery query;
    private transient Clock clock;

    SampleKeys(SampleConfig config) {
        this.config = config;
    }

    @Override
    public void open(OpenContext context) {
        query = config.query();
        clock = Clock.systemUTC();
    }

    @Override
    public void processElement(
            DeliveryRecord record,
            Context context,
            Collector<Tuple3<String, Long, DeliveryRecord>> out) {
        if (record.disposition() != Disposition.DELIVER) {
            context.output(PASSED, record);
            return;
        }
        Envelope envelope = record.envelope();
        try {
            Map<String, String> found = query == null ? Map.of() : query.valuesOf(envelope);
            String key = config.key() == null ? "" : required(found, SampleConfig.KEY_NAME);
            // Else a clock that is ahead would keep the interval open for as long as it likes.
            long time = Math.min(time(found, envelope), envelope.arrivalMillis());
            out.collect(Tuple3.of(config.intervalOf(time) + "/" + key, time, record));
        } catch (ProcessingException e) {
            context.output(PASSED, failed(record, e.type(), e.code(), e.getMessage()));
        } catch (IllegalArgumentException e) {
            context.output(
                    PASSED,
                    failed(record, ErrorOutputType.PROCESSING_FAILED, CODE, e.getMessage()));
        }
    }

    private long time(Map<String, String> found, Envelope envelope) {
        return config.time() == null
                ? envelope.arrivalMillis()
                : config.timeFormat().millis(required(found, SampleConfig.TIME_NAME));
    }

    private String required(Map<String, String> found, String name) {
        String value = found.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "The record has nothing at "
                            + (name.equals(SampleConfig.KEY_NAME) ? config.key() : config.time())
                            + ", which is its "
                            + name
                            + " for sampling");
        }
        return value;
    }

    private DeliveryRecord failed(
            DeliveryRecord record, ErrorOutputType type, String code, String message) {
        return DeliveryRecord.deadLetter(
                        record.envelope(), new Failure(type, code, message, 1, clock.millis()))
                .of(record.part());
    }
}
