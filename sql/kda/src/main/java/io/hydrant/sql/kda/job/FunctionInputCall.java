package io.hydrant.sql.kda.job;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.call.BatchCall;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.api.java.tuple.Tuple2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Has records prepared by a function before they become rows: each becomes another, none, or an
 * error with its reason.
 *
 * <p>Source: developer guide, "Preprocessing Data Using a Lambda Function": {@code invocationId},
 * {@code applicationArn}, {@code streamArn} and records with {@code recordId}, {@code
 * kinesisStreamRecordMetadata} and {@code data} in base64; {@code Ok}, {@code Dropped} or {@code
 * ProcessingFailed} for each. Of a function that fails three repetitions long, all records of the
 * batch are errors, so that one that it cannot take does not hold up the application.
 */
final class FunctionInputCall implements BatchCall<Envelope, Tuple2<Envelope, String>> {

    /** Repetitions of an invocation in which the function itself fails. */
    static final int RETRIES = 3;

    /** More than names, numbers and texts of one record take. */
    private static final int FRAME_BYTES = 600;

    private static final JsonFactory JSON = new JsonFactory();

    private final String applicationArn;
    private final String streamArn;
    private final FunctionInvoker invoker;

    FunctionInputCall(String applicationArn, String streamArn, FunctionInvoker invoker) {
        this.applicationArn = applicationArn;
        this.streamArn = streamArn;
        this.invoker = invoker;
    }

    @Override
    public int bytes(Envelope element) {
        return element.payloadLength() + FRAME_BYTES;
    }

    @Override
    public List<Collection<Tuple2<Envelope, String>>> call(List<Envelope> batch)
            throws InterruptedException {
        FunctionInvoker.Outcome outcome = invoker.invoke(request(batch), RETRIES);
        List<Collection<Tuple2<Envelope, String>>> results = new ArrayList<>(batch.size());
        if (outcome.isTooLarge() && batch.size() > 1) {
            results.addAll(call(batch.subList(0, batch.size() / 2)));
            results.addAll(call(batch.subList(batch.size() / 2, batch.size())));
            return results;
        }
        for (int i = 0; i < batch.size(); i++) {
            results.add(
                    outcome.failure() != null
                            ? error(batch.get(i), outcome.failure())
                            : result(batch.get(i), outcome.results().get(id(batch.get(i), i))));
        }
        return results;
    }

    private static Collection<Tuple2<Envelope, String>> result(Envelope record, JsonNode result) {
        if (result == null) {
            return error(record, "The function's answer holds no result for the record");
        }
        String said = result.path("result").asText("");
        switch (said) {
            case "Ok" -> {
                JsonNode data = result.path("data");
                if (!data.isTextual()) {
                    return error(record, "The function's result has no text 'data'");
                }
                try {
                    return List.of(
                            Tuple2.of(
                                    record.withPayload(
                                            Base64.getDecoder().decode(data.textValue())),
                                    null));
                } catch (IllegalArgumentException e) {
                    return error(record, "The function's data is not base64: " + e.getMessage());
                }
            }
            case "Dropped" -> {
                return List.of();
            }
            case "ProcessingFailed" -> {
                return error(record, "The function answered ProcessingFailed");
            }
            default -> {
                return error(
                        record,
                        "The function answered the result '"
                                + said
                                + "'; Ok, Dropped or ProcessingFailed is allowed");
            }
        }
    }

    private static Collection<Tuple2<Envelope, String>> error(Envelope record, String why) {
        return List.of(Tuple2.of(record, why));
    }

    /** The place is part of it, since the records of an aggregate share a sequence number. */
    private static String id(Envelope record, int place) {
        return record.sequence() + "-" + place;
    }

    private byte[] request(List<Envelope> batch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("invocationId", UUID.randomUUID().toString());
            json.writeStringField("applicationArn", applicationArn);
            json.writeStringField("streamArn", streamArn);
            json.writeArrayFieldStart("records");
            for (int i = 0; i < batch.size(); i++) {
                Envelope record = batch.get(i);
                json.writeStartObject();
                json.writeStringField("recordId", id(record, i));
                json.writeObjectFieldStart("kinesisStreamRecordMetadata");
                json.writeStringField("sequenceNumber", record.sequence());
                json.writeStringField("partitionKey", record.partitionKey());
                json.writeStringField("shardId", record.shard());
                json.writeNumberField("approximateArrivalTimestamp", record.arrivalMillis());
                json.writeEndObject();
                json.writeFieldName("data");
                json.writeBinary(
                        record.payloadArray(), record.payloadOffset(), record.payloadLength());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        invoker.close();
    }
}
