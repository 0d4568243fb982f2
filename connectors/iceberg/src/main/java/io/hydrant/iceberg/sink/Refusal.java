package io.hydrant.iceberg.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.iceberg.route.TargetTable;

import java.time.Clock;
import java.util.Map;

/**
 * A record cannot become a row. Thrown for single records all the time, so without a stack trace.
 */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String errorPrefix;

    Refusal(String code, String message) {
        this(code, message, "");
    }

    private Refusal(String code, String message, String errorPrefix) {
        super(message, null, false, false);
        this.code = code;
        this.errorPrefix = errorPrefix;
    }

    /** The same by that table, which is null where the configuration does not name it. */
    Refusal by(TargetTable table) {
        return table == null || table.errorPrefix().isEmpty()
                ? this
                : new Refusal(code, getMessage(), table.errorPrefix());
    }

    /** The error code in the dead letter. */
    String code() {
        return code;
    }

    /** The record as a dead letter that says so, and which table was chosen for it. */
    DeliveryRecord deadLetter(DeliveryRecord record) {
        Failure failure =
                new Failure(
                        ErrorOutputType.ICEBERG_FAILED,
                        code,
                        getMessage(),
                        1,
                        Clock.systemUTC().millis(),
                        Map.of(),
                        errorPrefix);
        return DeliveryRecord.deadLetter(record.envelope(), failure)
                .of(record.part())
                .in(record.partition());
    }
}
