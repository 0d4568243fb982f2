package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;

import java.time.Clock;
import java.util.Map;

/**
 * Collects what a transform says about one record and judges it: one answer is taken, none or
 * several make a dead letter. One instance serves all records of a task.
 */
final class Verdict implements TransformOutput {

    /** Enough to understand an error, and little beside the payload. */
    static final int MAX_MESSAGE_LENGTH = 1_000;

    private final Clock clock;
    private Envelope record;
    private DeliveryRecord answer;
    private int answers;
    private Map<String, String> keys = Map.of();

    Verdict(Clock clock) {
        this.clock = clock;
    }

    void begin(Envelope newRecord) {
        record = newRecord;
        answer = null;
        answers = 0;
        keys = Map.of();
    }

    /** The partitioning keys that came with the answer. */
    Map<String, String> keys() {
        return keys;
    }

    DeliveryRecord end() {
        if (answers == 1) {
            return answer;
        }
        return answers == 0
                ? failed("Transform.NoResult", "The transform gave no result for the record")
                : failed(
                        "Transform.SeveralResults",
                        "The transform gave "
                                + answers
                                + " results for the record; exactly one is allowed");
    }

    DeliveryRecord failed(Throwable thrown) {
        return failed("Transform.Exception", thrown.toString());
    }

    @Override
    public void ok() {
        answer(DeliveryRecord.deliver(record));
    }

    @Override
    public void ok(byte[] payload) {
        if (payload == null) {
            answer(failed("Transform.NullPayload", "The transform gave null as the payload"));
        } else {
            answer(DeliveryRecord.deliver(record.withPayload(payload)));
        }
    }

    @Override
    public void ok(byte[] payload, Map<String, String> partitionKeys) {
        keys = Map.copyOf(partitionKeys);
        ok(payload);
    }

    @Override
    public void dropped() {
        answer(DeliveryRecord.drop(record));
    }

    @Override
    public void processingFailed(String code, String message) {
        answer(failed(String.valueOf(code), String.valueOf(message)));
    }

    private void answer(DeliveryRecord newAnswer) {
        answer = newAnswer;
        answers++;
    }

    private DeliveryRecord failed(String code, String message) {
        return DeliveryRecord.deadLetter(
                record,
                new Failure(
                        ErrorOutputType.PROCESSING_FAILED,
                        shortened(code),
                        shortened(message),
                        1,
                        clock.millis()));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_MESSAGE_LENGTH
                ? text
                : text.substring(0, MAX_MESSAGE_LENGTH) + "…";
    }
}
