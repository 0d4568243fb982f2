package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.TransformResult;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
    private TransformResult answer;
    private int answers;

    Verdict(Clock clock) {
        this.clock = clock;
    }

    void begin(Envelope newRecord) {
        record = newRecord;
        answer = null;
        answers = 0;
    }

    TransformResult end() {
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

    TransformResult failed(Throwable thrown) {
        return failed("Transform.Exception", thrown.toString());
    }

    @Override
    public void ok() {
        answer(TransformResult.kept(record));
    }

    @Override
    public void ok(byte[] payload) {
        ok(payload, Map.of());
    }

    @Override
    public void ok(byte[] payload, Map<String, String> partitionKeys) {
        answer(
                payload == null
                        ? nullPayload()
                        : TransformResult.kept(record.withPayload(payload), partitionKeys));
    }

    @Override
    public void several(List<TransformedRecord> records) {
        List<TransformResult.Kept> kept = new ArrayList<>(records.size());
        for (TransformedRecord each : records) {
            if (each.payload() == null) {
                answer(nullPayload());
                return;
            }
            kept.add(
                    new TransformResult.Kept(
                            record.withPayload(each.payload()), each.partitionKeys()));
        }
        answer(new TransformResult(kept, null));
    }

    @Override
    public void dropped() {
        answer(TransformResult.DROPPED);
    }

    @Override
    public void processingFailed(String code, String message) {
        answer(failed(String.valueOf(code), String.valueOf(message)));
    }

    private void answer(TransformResult newAnswer) {
        answer = newAnswer;
        answers++;
    }

    private TransformResult nullPayload() {
        return failed("Transform.NullPayload", "The transform gave null as the payload");
    }

    private TransformResult failed(String code, String message) {
        return TransformResult.failed(
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
