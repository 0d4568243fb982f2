package io.hydrant.sql.kda.job;

import io.hydrant.kinesis.call.Attempts;
import io.hydrant.kinesis.call.BatchCall;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Hands rows to a function until it says of each that it is delivered.
 *
 * <p>Source: developer guide, "Using a Lambda Function as Output": {@code invocationId}, {@code
 * applicationArn} and records with {@code recordId}, {@code lambdaDeliveryRecordMetadata.retryHint}
 * and {@code data} in base64; {@code Ok} or {@code DeliveryFailed} for each. What is not Ok is
 * handed over again, without end.
 */
final class FunctionOutputCall implements BatchCall<byte[], Void> {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionOutputCall.class);

    private static final JsonFactory JSON = new JsonFactory();

    private final String applicationArn;
    private final FunctionInvoker invoker;
    private final Attempts attempts;

    FunctionOutputCall(String applicationArn, FunctionInvoker invoker, Attempts attempts) {
        this.applicationArn = applicationArn;
        this.invoker = invoker;
        this.attempts = attempts;
    }

    @Override
    public int bytes(byte[] element) {
        return element.length + 128;
    }

    private record Row(String id, byte[] data) {}

    @Override
    public List<Collection<Void>> call(List<byte[]> batch) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (byte[] data : batch) {
            rows.add(new Row(UUID.randomUUID().toString(), data));
        }
        deliver(rows);
        return Collections.nCopies(batch.size(), List.of());
    }

    private void deliver(List<Row> batch) throws InterruptedException {
        List<Row> left = batch;
        int failures = 0;
        while (!left.isEmpty()) {
            FunctionInvoker.Outcome outcome =
                    invoker.invoke(request(left, failures), FunctionInvoker.WITHOUT_END);
            if (outcome.isTooLarge()) {
                if (left.size() == 1) {
                    LOG.error(
                            "A row of {} bytes is left out, too large for a function: {}",
                            left.get(0).data().length,
                            outcome.failure());
                    return;
                }
                deliver(left.subList(0, left.size() / 2));
                deliver(left.subList(left.size() / 2, left.size()));
                return;
            }
            left = failed(left, outcome.results());
            if (!left.isEmpty()) {
                failures++;
                LOG.warn("{} rows were not delivered, {} times in a row", left.size(), failures);
                attempts.pause(failures);
            }
        }
    }

    private static List<Row> failed(List<Row> rows, Map<String, JsonNode> results) {
        List<Row> failed = new ArrayList<>();
        for (Row row : rows) {
            JsonNode result = results.get(row.id());
            if (result == null || !result.path("result").asText("").equals("Ok")) {
                failed.add(row);
            }
        }
        return failed;
    }

    private byte[] request(List<Row> rows, int retryHint) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("invocationId", UUID.randomUUID().toString());
            json.writeStringField("applicationArn", applicationArn);
            json.writeArrayFieldStart("records");
            for (Row row : rows) {
                json.writeStartObject();
                json.writeStringField("recordId", row.id());
                json.writeObjectFieldStart("lambdaDeliveryRecordMetadata");
                json.writeNumberField("retryHint", retryHint);
                json.writeEndObject();
                json.writeBinaryField("data", row.data());
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
