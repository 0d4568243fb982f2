package io.hydrant.kinesis.change;

import org.apache.flink.metrics.Counter;
import org.apache.flink.table.types.logical.LogicalType;

/** Does with values that do not fit their columns what was chosen. */
final class Mismatches {

    /** A value may be large, and a secret. */
    private static final int SHOWN_CHARACTERS = 32;

    private final ValueMismatch reaction;
    private final Counter counter;

    Mismatches(ValueMismatch reaction, Counter counter) {
        this.reaction = reaction;
        this.counter = counter;
    }

    /**
     * A value does not fit.
     *
     * @param path the column, and where in it
     * @param kind DynamoDB's type of the value, such as {@code N}
     * @param value the value, or null where it is no single one
     * @param wayOut what would fit
     * @return null, to be taken in place of the value
     */
    Object on(String path, LogicalType type, String kind, String value, String wayOut) {
        if (reaction == ValueMismatch.NULL && type.isNullable()) {
            counter.inc();
            return null;
        }
        throw new MismatchException(
                "column '"
                        + path
                        + "' is "
                        + type.asSummaryString()
                        + ", but the item has "
                        + kind
                        + (value == null ? "" : " '" + shown(value) + '\'')
                        + "; "
                        + wayOut
                        + (type.isNullable()
                                ? ", or set 'dynamodb-stream-json.value-mismatch' = 'NULL'"
                                : ""));
    }

    private static String shown(String value) {
        return value.length() <= SHOWN_CHARACTERS
                ? value
                : value.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
