package io.hydrant.iceberg.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;

import java.time.Clock;

/**
 * A record cannot become a row. Thrown for single records all the time, so without a stack trace.
 */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    Refusal(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The error code in the dead letter. */
    String code() {
        return code;
    }

    /** The record as a dead letter that says so. */
    DeliveryRecord deadLetter(DeliveryRecord record) {
        Failure failure =
                new Failure(
                        ErrorOutputType.ICEBERG_FAILED,
                        code,
                        getMessage(),
                        1,
                        Clock.systemUTC().millis());
        return DeliveryRecord.deadLetter(record.envelope(), failure).of(record.part());
    }
}
