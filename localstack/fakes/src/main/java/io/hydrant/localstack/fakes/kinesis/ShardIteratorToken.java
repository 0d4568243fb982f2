package io.hydrant.localstack.fakes.kinesis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * What a shard iterator says: read this shard from this sequence number on.
 *
 * @param stream name of the stream
 * @param shard id of the shard
 * @param fromOrdinal first sequence number to read
 * @param issuedMillis when it was given out
 * @param generation iterators of an earlier generation are expired, whatever their age
 */
record ShardIteratorToken(
        String stream, String shard, long fromOrdinal, long issuedMillis, long generation) {

    /** How long an iterator holds (Kinesis API reference, GetShardIterator). */
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String MARK = "hydrant-fake-iterator";

    String encode() {
        String plain =
                String.join(
                        "/",
                        MARK,
                        stream,
                        shard,
                        Long.toString(fromOrdinal),
                        Long.toString(issuedMillis),
                        Long.toString(generation));
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static ShardIteratorToken decode(String text) {
        try {
            String plain = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = plain.split("/", -1);
            if (parts.length == 6 && parts[0].equals(MARK)) {
                return new ShardIteratorToken(
                        parts[1],
                        parts[2],
                        Long.parseLong(parts[3]),
                        Long.parseLong(parts[4]),
                        Long.parseLong(parts[5]));
            }
        } catch (IllegalArgumentException ignored) {
            // Not base64, or no number where one belongs: said below.
        }
        throw KinesisError.invalidArgument("Invalid ShardIterator.");
    }
}
