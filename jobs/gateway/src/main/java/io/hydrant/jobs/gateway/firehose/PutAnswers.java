package io.hydrant.jobs.gateway.firehose;

import io.hydrant.jobs.gateway.api.Answer;
import io.hydrant.kinesis.sink.RecordReceipt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Answers to PutRecord and PutRecordBatch.
 *
 * <p>Source: Firehose API reference (2015-08-04), PutRecordBatch: the error of a record is
 * ServiceUnavailableException or InternalFailure.
 */
final class PutAnswers {

    /** What the service says of records that waiting does not help. */
    static final String REFUSED =
            "The Kinesis stream behind the delivery stream refuses the record; the gateway's log says"
                    + " why.";

    private static final JsonFactory JSON = new JsonFactory();

    private PutAnswers() {}

    static Answer one(String recordId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("RecordId", recordId);
            json.writeBooleanField("Encrypted", false);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory can be written", e);
        }
        return Answer.json(bytes.toByteArray());
    }

    /**
     * The answer to a batch.
     *
     * @param isAdmitted which of its records were written; the others came too fast
     * @param receipts one for each that was written
     */
    static Answer batch(boolean[] isAdmitted, List<RecordReceipt> receipts) {
        int failed = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 80 * isAdmitted.length);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("RequestResponses");
            int next = 0;
            for (boolean written : isAdmitted) {
                RecordReceipt receipt = written ? receipts.get(next++) : null;
                json.writeStartObject();
                if (receipt != null && receipt.isDelivered()) {
                    json.writeStringField("RecordId", receipt.recordId());
                } else {
                    failed++;
                    boolean isRefused =
                            receipt != null && receipt.fate() == RecordReceipt.Fate.REFUSED;
                    json.writeStringField(
                            "ErrorCode",
                            isRefused ? "InternalFailure" : "ServiceUnavailableException");
                    json.writeStringField("ErrorMessage", isRefused ? REFUSED : "Slow down.");
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("FailedPutCount", failed);
            json.writeBooleanField("Encrypted", false);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory can be written", e);
        }
        return Answer.json(bytes.toByteArray());
    }
}
