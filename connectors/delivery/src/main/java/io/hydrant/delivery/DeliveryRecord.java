package io.hydrant.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.deadletter.Failure;

import java.util.Objects;

/**
 * A record, or a part of one, as it leaves the transform and enters the buffer.
 *
 * @param envelope the record; for {@link Disposition#DEAD_LETTER} with the payload as the source
 *     gave it, or that of the part
 * @param disposition where it goes
 * @param failure why it goes to the dead letter, else null
 * @param part which part of its record it is
 * @param partition what its object's prefix is made of, see {@link
 *     io.hydrant.delivery.partition.PrefixTemplate#partition}; or, where tables are the
 *     destination, which of them was chosen for it, see {@link RouteText}; empty where nothing says
 */
public record DeliveryRecord(
        Envelope envelope, Disposition disposition, Failure failure, Part part, String partition) {

    /** Validates that exactly dead letters carry a reason, and that nothing is missing. */
    public DeliveryRecord {
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(disposition, "disposition");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(partition, "partition");
        if ((disposition == Disposition.DEAD_LETTER) != (failure != null)) {
            throw new IllegalArgumentException(
                    disposition + " does not go with failure " + failure);
        }
    }

    /** A record for the destination. */
    public static DeliveryRecord deliver(Envelope envelope) {
        return deliver(envelope, "");
    }

    /** A record for the destination under that partition. */
    public static DeliveryRecord deliver(Envelope envelope, String partition) {
        return new DeliveryRecord(envelope, Disposition.DELIVER, null, Part.WHOLE, partition);
    }

    /** A record that a transform dropped on purpose. */
    public static DeliveryRecord drop(Envelope envelope) {
        return new DeliveryRecord(envelope, Disposition.DROP, null, Part.WHOLE, "");
    }

    /** A record that cannot go on. */
    public static DeliveryRecord deadLetter(Envelope envelope, Failure failure) {
        return new DeliveryRecord(envelope, Disposition.DEAD_LETTER, failure, Part.WHOLE, "");
    }

    /** A stretch that was lost before it was read, as its marker. */
    public static DeliveryRecord lost(Envelope marker) {
        return new DeliveryRecord(marker, Disposition.LOST, null, Part.WHOLE, "");
    }

    /** Where reading a shard began, as its marker. */
    public static DeliveryRecord begun(Envelope marker) {
        return new DeliveryRecord(marker, Disposition.BEGUN, null, Part.WHOLE, "");
    }

    /** The same for a part of the record. */
    public DeliveryRecord of(Part newPart) {
        return newPart.equals(part)
                ? this
                : new DeliveryRecord(envelope, disposition, failure, newPart, partition);
    }

    /** The same under that partition. */
    public DeliveryRecord in(String newPartition) {
        return new DeliveryRecord(envelope, disposition, failure, part, newPartition);
    }
}
