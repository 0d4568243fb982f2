package io.hydrant.core.record;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Where reading a shard began: at a time, and the first record that it found there.
 *
 * <p>Like a {@link LostRange} it travels through the corridor among the records, as an {@link
 * Envelope} that is none, right in front of that record. So whoever delivers the record knows, in
 * the same checkpoint, what lies before it and was never meant to be read. A source sends such
 * markers only to who asks for them.
 *
 * @param stream name of the stream
 * @param shard id of the shard
 * @param sequence sequence number of the first record
 * @param subSequence its sub-sequence number
 * @param sinceMillis what arrived then or later is read, and nothing that arrived before, in
 *     milliseconds since the epoch; the same for all shards that a job begins with
 */
public record ReadingBegin(
        String stream, String shard, String sequence, long subSequence, long sinceMillis) {

    /** No record has it: sub-sequence numbers begin at 0. */
    private static final long MARKER = -2;

    private static final byte VERSION = 1;
    private static final int LENGTH = Byte.BYTES + Long.BYTES;

    /** Validates that nothing is missing. */
    public ReadingBegin {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(shard, "shard");
        Objects.requireNonNull(sequence, "sequence");
    }

    /** Of a shard whose first record is this one. */
    public static ReadingBegin at(Envelope first, long sinceMillis) {
        return new ReadingBegin(
                first.stream(), first.shard(), first.sequence(), first.subSequence(), sinceMillis);
    }

    /** Whether an envelope is no record, but says where reading began. */
    public static boolean isMarker(Envelope envelope) {
        return envelope.subSequence() == MARKER;
    }

    /** The envelope as which it travels. */
    public Envelope marker() {
        byte[] payload = ByteBuffer.allocate(LENGTH).put(VERSION).putLong(subSequence).array();
        return new Envelope(
                stream, shard, sequence, MARKER, "", sinceMillis, payload, 0, payload.length);
    }

    /**
     * What a marker says.
     *
     * @throws IllegalArgumentException if the envelope is none, or one of a newer version
     */
    public static ReadingBegin of(Envelope marker) {
        if (!isMarker(marker)) {
            throw new IllegalArgumentException(marker + " is a record and marks no begin");
        }
        ByteBuffer payload =
                ByteBuffer.wrap(
                        marker.payloadArray(), marker.payloadOffset(), marker.payloadLength());
        byte version = payload.hasRemaining() ? payload.get() : 0;
        if (version != VERSION || payload.remaining() != Long.BYTES) {
            throw new IllegalArgumentException(
                    "The marker of where reading began has version "
                            + version
                            + " and "
                            + marker.payloadLength()
                            + " bytes; this Hydrant reads version "
                            + VERSION
                            + " of "
                            + LENGTH);
        }
        return new ReadingBegin(
                marker.stream(),
                marker.shard(),
                marker.sequence(),
                payload.getLong(),
                marker.arrivalMillis());
    }
}
