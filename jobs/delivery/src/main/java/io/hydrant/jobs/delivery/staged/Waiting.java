package io.hydrant.jobs.delivery.staged;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;

/**
 * Records as they wait: in the form of error records, which keep identity, part, payload and the
 * table that was chosen, and from which all can be had back.
 */
final class Waiting {

    private static final String CODE = "Iceberg.Waiting";
    private static final String MESSAGE = "Waits to be put into its table";

    private Waiting() {}

    /** The record as it is kept; others than those for the destination as they are. */
    static DeliveryRecord of(DeliveryRecord record) {
        if (record.disposition() != Disposition.DELIVER) {
            return record;
        }
        Failure waiting =
                new Failure(
                        ErrorOutputType.ICEBERG_WAITING,
                        CODE,
                        MESSAGE,
                        1,
                        record.envelope().arrivalMillis());
        return DeliveryRecord.deadLetter(record.envelope(), waiting)
                .of(record.part())
                .in(record.partition());
    }
}
