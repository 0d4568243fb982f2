package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;

import java.util.Objects;

/**
 * A piece of a record that waits for its transform.
 *
 * @param record what the transform sees
 * @param original what goes to the dead letter in its place; often the same object
 * @param partsBefore parts of its record that went on before it; {@link #FOLLOWS} where the piece
 *     before it is pending, too
 * @param isLast whether no piece of its record follows
 */
record PendingRecord(Envelope record, Envelope original, int partsBefore, boolean isLast) {

    /** Only the pieces before can tell how many parts went on. */
    static final int FOLLOWS = -1;

    PendingRecord {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(original, "original");
    }

    /** A piece that has just come in, at that place among the pieces of its record. */
    static PendingRecord piece(Envelope record, Envelope original, int index, boolean isLast) {
        return new PendingRecord(record, original, index == 0 ? 0 : FOLLOWS, isLast);
    }

    PendingRecord after(int parts) {
        return new PendingRecord(record, original, parts, isLast);
    }
}
