package io.hydrant.s3.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** Makes records whose payload is their identity, with or without ballast. */
final class Records {

    /** Arrival of the first record: 2023-11-14T22:13:20Z. */
    static final long START = 1_700_000_000_000L;

    static final String STREAM = "stream";

    private Records() {}

    static Envelope envelope(int shard, long index, long arrivalMillis, String payload) {
        return envelope(shard, index, arrivalMillis, payload.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Envelope envelope(int shard, long index, long arrivalMillis, byte[] bytes) {
        return new Envelope(
                STREAM,
                shardName(shard),
                sequence(index),
                0,
                "key",
                arrivalMillis,
                bytes,
                0,
                bytes.length);
    }

    static String sequence(long index) {
        return Long.toString(1_000_000_000L + index);
    }

    static String shardName(int shard) {
        return String.format("shardId-%012d", shard);
    }

    static String identity(int shard, long index) {
        return shard + "/" + index;
    }

    static DeliveryRecord record(long index) {
        return record(0, index, START + index);
    }

    static DeliveryRecord record(int shard, long index, long arrivalMillis) {
        return DeliveryRecord.deliver(
                envelope(shard, index, arrivalMillis, identity(shard, index)));
    }

    /** A record of about that many bytes, which do not compress. */
    static DeliveryRecord large(long index, int bytes) {
        return large(0, index, START + index, bytes);
    }

    static DeliveryRecord large(int shard, long index, long arrivalMillis, int bytes) {
        byte[] payload = new byte[bytes];
        new Random(31 * index + shard).nextBytes(payload);
        byte[] identity = (identity(shard, index) + ' ').getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(identity, 0, payload, 0, identity.length);
        for (int i = 0; i < bytes; i++) {
            if (payload[i] == '\n') {
                payload[i] = 0;
            }
        }
        return DeliveryRecord.deliver(envelope(shard, index, arrivalMillis, payload));
    }

    /** The columns of {@link #asJson}. */
    static final String COLUMNS = "struct<id:string,ballast:string>";

    /** The record with its payload as JSON: the identity, and what follows it in base64. */
    static DeliveryRecord asJson(DeliveryRecord record) {
        byte[] payload = record.envelope().payloadCopy();
        int end = 0;
        while (end < payload.length && payload[end] != ' ') {
            end++;
        }
        String json =
                "{\"id\": \""
                        + new String(payload, 0, end, StandardCharsets.US_ASCII)
                        + "\", \"ballast\": \""
                        + Base64.getEncoder()
                                .encodeToString(Arrays.copyOfRange(payload, end, payload.length))
                        + "\"}";
        return DeliveryRecord.deliver(
                record.envelope().withPayload(json.getBytes(StandardCharsets.US_ASCII)));
    }

    static DeliveryRecord dropped(long index) {
        return DeliveryRecord.drop(envelope(0, index, START + index, "dropped"));
    }

    static DeliveryRecord deadLetter(long index, ErrorOutputType type) {
        return DeliveryRecord.deadLetter(
                envelope(0, index, START + index, identity(0, index)),
                new Failure(type, "Transform.ProcessingFailed", "no good", 1, START));
    }
}
