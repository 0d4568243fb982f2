package io.hydrant.lambda;

import io.hydrant.core.record.Envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/**
 * Writes what Firehose gives a function.
 *
 * <p>Source: Firehose developer guide, "Dynamic partitioning" (the examples of functions), and AWS'
 * event types for functions: {@code invocationId}, {@code sourceKinesisStreamArn}, {@code
 * deliveryStreamArn}, {@code region}, and for each record {@code recordId}, {@code
 * approximateArrivalTimestamp} (milliseconds), {@code data} (base64) and {@code
 * kinesisRecordMetadata}.
 */
final class RequestWriter {

    /** More than what stands around the records: three texts of bounded length and an id. */
    static final long MAX_ENVELOPE_BYTES = 4096;

    /** More than names and numbers of one record take. */
    private static final long FIXED_BYTES = 320;

    /** A character may be written as an escape of six. */
    private static final long BYTES_PER_CHARACTER = 6;

    private static final JsonFactory JSON = new JsonFactory();

    private final InvocationOrigin origin;

    RequestWriter(InvocationOrigin origin) {
        this.origin = origin;
    }

    /** At least what the record takes in a request. */
    static long bytes(Envelope record) {
        long data = 4 * ((record.payloadLength() + 2L) / 3);
        long texts =
                2L * record.sequence().length()
                        + record.shard().length()
                        + record.partitionKey().length();
        return FIXED_BYTES + data + BYTES_PER_CHARACTER * texts;
    }

    byte[] write(List<BatchItem> batch, UUID invocation) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("invocationId", invocation.toString());
            json.writeStringField("sourceKinesisStreamArn", origin.sourceStreamArn());
            json.writeStringField("deliveryStreamArn", origin.deliveryStreamArn());
            json.writeStringField("region", origin.region());
            json.writeArrayFieldStart("records");
            for (BatchItem item : batch) {
                write(item, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static void write(BatchItem item, JsonGenerator json) throws IOException {
        Envelope record = item.record();
        json.writeStartObject();
        json.writeStringField("recordId", item.id());
        json.writeNumberField("approximateArrivalTimestamp", record.arrivalMillis());
        json.writeFieldName("data");
        json.writeBinary(record.payloadArray(), record.payloadOffset(), record.payloadLength());
        json.writeObjectFieldStart("kinesisRecordMetadata");
        json.writeStringField("sequenceNumber", record.sequence());
        json.writeNumberField("subsequenceNumber", record.subSequence());
        json.writeStringField("partitionKey", record.partitionKey());
        json.writeStringField("shardId", record.shard());
        json.writeNumberField("approximateArrivalTimestamp", record.arrivalMillis());
        json.writeEndObject();
        json.writeEndObject();
    }
}
