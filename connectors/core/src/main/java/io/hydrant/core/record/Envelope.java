package io.hydrant.core.record;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * One record on its way through the corridor: its identity, what the stream said about it, and its
 * payload.
 *
 * <p>Immutable by contract. The payload is a slice of an array that may be shared (the user records
 * of a KPL aggregate share the aggregate's array), so that taking an aggregate apart copies
 * nothing; nobody may write to {@link #payloadArray()}.
 */
public final class Envelope {

    private final String stream;
    private final String shard;
    private final String sequence;
    private final long subSequence;
    private final String partitionKey;
    private final long arrivalMillis;
    private final byte[] payload;
    private final int offset;
    private final int length;

    /**
     * An envelope over a slice of {@code payload}, which the caller gives away.
     *
     * @param stream name of the stream
     * @param shard id of the shard
     * @param sequence sequence number, decimal digits
     * @param subSequence index within a KPL aggregate, 0 for a plain record
     * @param partitionKey the user record's own partition key
     * @param arrivalMillis approximate arrival at the stream, milliseconds since the epoch
     * @param payload array that holds the payload
     * @param offset first byte of the payload
     * @param length bytes of payload, 0 allowed
     */
    public Envelope(
            String stream,
            String shard,
            String sequence,
            long subSequence,
            String partitionKey,
            long arrivalMillis,
            byte[] payload,
            int offset,
            int length) {
        Objects.checkFromIndexSize(offset, length, payload.length);
        this.stream = Objects.requireNonNull(stream, "stream");
        this.shard = Objects.requireNonNull(shard, "shard");
        this.sequence = Objects.requireNonNull(sequence, "sequence");
        this.subSequence = subSequence;
        this.partitionKey = Objects.requireNonNull(partitionKey, "partitionKey");
        this.arrivalMillis = arrivalMillis;
        this.payload = payload;
        this.offset = offset;
        this.length = length;
    }

    /**
     * The same record with another payload, as a transform leaves it; identity and arrival stay.
     */
    public Envelope withPayload(byte[] newPayload) {
        return withPayload(newPayload, 0, newPayload.length);
    }

    /** The same with a slice of an array as its payload. */
    public Envelope withPayload(byte[] newPayload, int newOffset, int newLength) {
        return new Envelope(
                stream,
                shard,
                sequence,
                subSequence,
                partitionKey,
                arrivalMillis,
                newPayload,
                newOffset,
                newLength);
    }

    /** Name of the stream. */
    public String stream() {
        return stream;
    }

    /** Id of the shard that the record was read from. */
    public String shard() {
        return shard;
    }

    /** Sequence number; the user records of one aggregate share it. */
    public String sequence() {
        return sequence;
    }

    /** Index within the KPL aggregate, 0 for a plain record. */
    public long subSequence() {
        return subSequence;
    }

    /** Partition key of the user record. */
    public String partitionKey() {
        return partitionKey;
    }

    /** Approximate arrival at the stream, milliseconds since the epoch. */
    public long arrivalMillis() {
        return arrivalMillis;
    }

    /**
     * The array that holds the payload; read only from {@link #payloadOffset()}, {@link
     * #payloadLength()} bytes.
     */
    public byte[] payloadArray() {
        return payload;
    }

    /** First byte of the payload in {@link #payloadArray()}. */
    public int payloadOffset() {
        return offset;
    }

    /** Bytes of payload. */
    public int payloadLength() {
        return length;
    }

    /** A copy of the payload. */
    public byte[] payloadCopy() {
        return Arrays.copyOfRange(payload, offset, offset + length);
    }

    /** Writes the payload, and nothing else. */
    public void writePayloadTo(OutputStream out) throws IOException {
        out.write(payload, offset, length);
    }

    /** The identity as a value of its own; allocates, so not for hot paths. */
    public RecordIdentity identity() {
        return new RecordIdentity(stream, shard, sequence, subSequence);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Envelope that
                && subSequence == that.subSequence
                && arrivalMillis == that.arrivalMillis
                && sequence.equals(that.sequence)
                && shard.equals(that.shard)
                && stream.equals(that.stream)
                && partitionKey.equals(that.partitionKey)
                && Arrays.equals(
                        payload,
                        offset,
                        offset + length,
                        that.payload,
                        that.offset,
                        that.offset + that.length);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stream, shard, sequence, subSequence);
    }

    /** Identity, arrival and size; never the payload, which may be a secret. */
    @Override
    public String toString() {
        return identity()
                + " arrived "
                + Instant.ofEpochMilli(arrivalMillis)
                + ", "
                + length
                + " bytes";
    }
}
