package io.hydrant.core.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A stretch of a shard whose records may have been lost before they were read, because the stream
 * holds them no more.
 *
 * <p>It travels through the corridor among the records, as an {@link Envelope} that is none, so
 * that a checkpoint has it exactly where it has the records around it. A source sends such markers
 * only to who asks for them.
 *
 * @param stream name of the stream
 * @param shard id of the shard
 * @param after sequence number of the last record before the stretch, null where the shard was lost
 *     from its beginning
 * @param afterSubSequence its sub-sequence number, 0 without one
 * @param before sequence number of the first record behind the stretch, null where there was none
 * @param sinceMillis what arrived until then was not lost, in milliseconds since the epoch; 0 where
 *     that is not known
 * @param untilMillis what arrived later was not lost
 * @param toEnd whether nothing of the shard is left behind the stretch, because the shard is gone,
 *     or has ended
 */
public record LostRange(
        String stream,
        String shard,
        String after,
        long afterSubSequence,
        String before,
        long sinceMillis,
        long untilMillis,
        boolean toEnd) {

    /** No record has it: sub-sequence numbers begin at 0. */
    private static final long MARKER = -1;

    private static final int VERSION = 1;

    /** Validates that there is a shard. */
    public LostRange {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(shard, "shard");
    }

    /** Whether an envelope is no record, but the marker of a lost stretch. */
    public static boolean isMarker(Envelope envelope) {
        return envelope.subSequence() == MARKER;
    }

    /** The envelope as which it travels. */
    public Envelope marker() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(VERSION);
            out.writeLong(afterSubSequence);
            out.writeUTF(before == null ? "" : before);
            out.writeLong(sinceMillis);
            out.writeBoolean(toEnd);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        byte[] payload = bytes.toByteArray();
        return new Envelope(
                stream,
                shard,
                after == null ? "" : after,
                MARKER,
                "",
                untilMillis,
                payload,
                0,
                payload.length);
    }

    /**
     * What a marker says.
     *
     * @throws IllegalArgumentException if the envelope is none, or one of a newer version
     */
    public static LostRange of(Envelope marker) {
        if (!isMarker(marker)) {
            throw new IllegalArgumentException(marker + " is a record and marks no loss");
        }
        DataInputStream in =
                new DataInputStream(
                        new ByteArrayInputStream(
                                marker.payloadArray(),
                                marker.payloadOffset(),
                                marker.payloadLength()));
        try {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "The marker of a loss has version "
                                + version
                                + ", and this Hydrant reads version "
                                + VERSION
                                + "; restore with the release that wrote it, or a newer one");
            }
            long afterSubSequence = in.readLong();
            String before = in.readUTF();
            return new LostRange(
                    marker.stream(),
                    marker.shard(),
                    marker.sequence().isEmpty() ? null : marker.sequence(),
                    afterSubSequence,
                    before.isEmpty() ? null : before,
                    in.readLong(),
                    marker.arrivalMillis(),
                    in.readBoolean());
        } catch (IOException e) {
            throw new IllegalArgumentException("The marker of a loss is cut short: " + marker, e);
        }
    }
}
