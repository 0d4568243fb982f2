package io.hydrant.kinesis.call;

import io.hydrant.core.aws.SignedHttpClient;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts records into a delivery stream of Firehose, and again those that it refused, until it has
 * them all. At least once: where an answer is lost the records are put again, and Firehose has no
 * mark by which the copies could be told.
 *
 * <p>Source: Firehose API reference, PutRecordBatch. What no repetition mends (no such delivery
 * stream, no permission) fails the job, which says so; whether it begins anew is Flink's strategy.
 *
 * <p>Records that are lines can be joined on the way: Firehose bills each record as a multiple of 5
 * KB, and hands on what it was given.
 */
public final class FirehoseCall implements BatchCall<byte[], Void> {

    /** Records that a call takes. */
    public static final int MAX_RECORDS = 500;

    /** What a call takes: 4 MiB; base64 makes four bytes of three, the rest is for the frame. */
    public static final int MAX_BYTES = 3 * 1024 * 1024;

    /** Bytes of a record: 1,000 KiB before base64. */
    public static final int MAX_RECORD = 1_024_000;

    private static final Logger LOG = LoggerFactory.getLogger(FirehoseCall.class);

    private static final JsonFactory JSON = new JsonFactory();
    private static final int FRAME_BYTES = 16;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final String stream;
    private final SignedHttpClient client;
    private final Attempts attempts;
    private final int joinedBytes;

    /** A call of one delivery stream, to which each record goes by itself. */
    public FirehoseCall(String stream, SignedHttpClient client, Attempts attempts) {
        this(stream, client, attempts, 0);
    }

    /**
     * A call of one delivery stream.
     *
     * @param stream its name
     * @param client belongs to the call from now on
     * @param attempts waits where the stream does not take records
     * @param joinedBytes bytes up to which neighbours that end with a line feed become one record;
     *     0 for none
     */
    public FirehoseCall(
            String stream, SignedHttpClient client, Attempts attempts, int joinedBytes) {
        if (joinedBytes < 0 || joinedBytes > MAX_RECORD) {
            throw new IllegalArgumentException(
                    "Records cannot be joined to " + joinedBytes + " bytes; 0 to " + MAX_RECORD);
        }
        this.joinedBytes = joinedBytes;
        this.stream = Objects.requireNonNull(stream, "stream");
        this.client = Objects.requireNonNull(client, "client");
        this.attempts = Objects.requireNonNull(attempts, "attempts");
    }

    @Override
    public int bytes(byte[] element) {
        return element.length + FRAME_BYTES;
    }

    @Override
    public List<Collection<Void>> call(List<byte[]> batch) throws InterruptedException {
        List<byte[]> left = new ArrayList<>();
        for (byte[] record : batch) {
            if (record.length > MAX_RECORD) {
                LOG.error(
                        "A record of {} bytes is left out: {} takes {} at the most",
                        record.length,
                        stream,
                        MAX_RECORD);
            } else {
                left.add(record);
            }
        }
        if (joinedBytes > 0) {
            left = LineJoiner.join(left, joinedBytes);
        }
        for (int from = 0; from < left.size(); from += MAX_RECORDS) {
            putAll(left.subList(from, Math.min(from + MAX_RECORDS, left.size())));
        }
        return Collections.nCopies(batch.size(), List.of());
    }

    private void putAll(List<byte[]> records) throws InterruptedException {
        List<byte[]> left = records;
        int failures = 0;
        while (!left.isEmpty()) {
            List<byte[]> refused = put(left, failures);
            failures = refused.size() < left.size() ? 1 : failures + 1;
            left = refused;
            if (!left.isEmpty()) {
                attempts.pause(failures);
            }
        }
    }

    /** Answers the records that are still to be put. */
    private List<byte[]> put(List<byte[]> records, int failures) {
        SignedHttpClient.Answer answer;
        try {
            answer =
                    client.post(
                            Map.of(
                                    "Content-Type",
                                    "application/x-amz-json-1.1",
                                    "X-Amz-Target",
                                    "Firehose_20150804.PutRecordBatch"),
                            request(records));
        } catch (IOException e) {
            LOG.warn("Firehose could not be called, after {} failures before: {}", failures, e);
            return records;
        }
        FirehoseAnswer read = FirehoseAnswer.read(answer.body());
        if (answer.status() != OK) {
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            if (isFinal(answer.status(), read.errorType())) {
                throw new IllegalStateException(
                        "Firehose refuses records for " + stream + ": " + body);
            }
            LOG.warn("Firehose answered {} after {} failures: {}", answer.status(), failures, body);
            return records;
        }
        List<byte[]> refused = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if (!read.taken().get(i)) {
                refused.add(records.get(i));
            }
        }
        return refused;
    }

    /** Whether another attempt would be answered the same. */
    static boolean isFinal(int status, String type) {
        String name = type.substring(type.lastIndexOf('#') + 1);
        return status >= BAD_REQUEST
                && status < SERVER_ERROR
                && !name.contains("Throttl")
                && !name.startsWith("ServiceUnavailable")
                && !name.startsWith("LimitExceeded")
                && !name.startsWith("RequestTimeout")
                && !name.startsWith("ExpiredToken");
    }

    private byte[] request(List<byte[]> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("DeliveryStreamName", stream);
            json.writeArrayFieldStart("Records");
            for (byte[] record : records) {
                json.writeStartObject();
                json.writeBinaryField("Data", record);
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
        client.close();
    }
}
