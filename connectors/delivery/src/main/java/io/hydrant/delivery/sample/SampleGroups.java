package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.ProcessingException;
import io.hydrant.delivery.processing.RecordQuery;

import java.time.Clock;
import java.util.Map;

/**
 * Says of each record to which key and interval it belongs, and when it happened. What is not to be
 * delivered belongs to none, and so does a record whose key or time is not to be had, which becomes
 * a dead letter.
 */
final class SampleGroups {

    /** Code of the failure of a record without key or time. */
    static final String CODE = "Sample.KeyMissing";

    private final SampleConfig config;
    private final RecordQuery query;
    private final Clock clock;

    /**
     * Where a record belongs.
     *
     * @param group key and interval, null where it is not sampled
     * @param time when it happened, milliseconds since the epoch
     * @param record what it is from here on
     */
    record Member(String group, long time, DeliveryRecord record) {}

    SampleGroups(SampleConfig config, Clock clock) {
        this.config = config;
        this.query = config.query();
        this.clock = clock;
    }

    Member of(DeliveryRecord record) {
        if (record.disposition() != Disposition.DELIVER) {
            return new Member(null, 0, record);
        }
        Envelope envelope = record.envelope();
        try {
            Map<String, String> found = query == null ? Map.of() : query.valuesOf(envelope);
            String key = config.key() == null ? "" : required(found, SampleConfig.KEY_NAME);
            // Else a clock that is ahead would keep the interval open for as long as it likes.
            long time = Math.min(time(found, envelope), envelope.arrivalMillis());
            return new Member(config.intervalOf(time) + "/" + key, time, record);
        } catch (ProcessingException e) {
            return failed(record, e.type(), e.code(), e.getMessage());
        } catch (IllegalArgumentException e) {
            return failed(record, ErrorOutputType.PROCESSING_FAILED, CODE, e.getMessage());
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

    private Member failed(
            DeliveryRecord record, ErrorOutputType type, String code, String message) {
        Failure failure = new Failure(type, code, message, 1, clock.millis());
        return new Member(
                null, 0, DeliveryRecord.deadLetter(record.envelope(), failure).of(record.part()));
    }
}
