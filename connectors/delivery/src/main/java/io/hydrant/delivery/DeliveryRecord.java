package io.hydrant.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.deadletter.Failure;

import java.util.Objects;

/**
 * A record as it leaves the transform and enters partition and buffer.
 *
 * @param envelope the record; for {@link Disposition#DEAD_LETTER} with the payload as the source
 *     gave it
 * @param disposition where it goes
 * @param failure why it goes to the dead letter, else null
 */
public record DeliveryRecord(Envelope envelope, Disposition disposition, Failure failure) {

    /** Validates that exactly dead letters carry a reason. */
    public DeliveryRecord {
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(disposition, "disposition");
        if ((disposition == Disposition.DEAD_LETTER) != (failure != null)) {
            throw new IllegalArgumentException(
                    disposition + " does not go with failure " + failure);
        }
    }

    /** A record for the destination. */
    public static DeliveryRecord deliver(Envelope envelope) {
        return new DeliveryRecord(envelope, Disposition.DELIVER, null);
    }

    /** A record that a transform dropped on purpose. */
    public static DeliveryRecord drop(Envelope envelope) {
        return new DeliveryRecord(envelope, Disposition.DROP, null);
    }

    /** A record that cannot go on. */
    public static DeliveryRecord deadLetter(Envelope envelope, Failure failure) {
        return new DeliveryRecord(envelope, Disposition.DEAD_LETTER, failure);
    }
}
