package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;

import java.nio.charset.StandardCharsets;

/** Records for tests. */
final class Records {

    private Records() {}

    static Envelope of(String shard, int sequence, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new Envelope(
                "orders", shard, Integer.toString(sequence), 0, "k", 7, bytes, 0, bytes.length);
    }

    static Envelope of(String payload) {
        return of("shardId-0", 1, payload);
    }

    static String text(NumberedRecord record) {
        return new String(record.record().payloadCopy(), StandardCharsets.UTF_8);
    }
}
