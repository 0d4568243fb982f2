package io.hydrant.kinesis.change;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the format; in a DDL with its name before them: {@code dynamodb-stream-json.…}. */
public final class ChangeFormatOptions {

    /** What the stream holds. */
    public static final ConfigOption<StreamViewType> VIEW_TYPE =
            ConfigOptions.key("view-type")
                    .enumType(StreamViewType.class)
                    .defaultValue(StreamViewType.NEW_AND_OLD_IMAGES)
                    .withDescription(
                            "Of the format dynamodb-stream-json: what of the stream's records is read."
                                    + " NEW_AND_OLD_IMAGES makes a full changelog (+I, -U, +U, -D). NEW_IMAGE makes an"
                                    + " upsert changelog (+I, +U, -D) by the table's PRIMARY KEY, of streams of"
                                    + " either kind. OLD_IMAGE and KEYS_ONLY hold too little for rows and are refused.");

    /** What becomes of values that do not fit. */
    public static final ConfigOption<ValueMismatch> VALUE_MISMATCH =
            ConfigOptions.key("value-mismatch")
                    .enumType(ValueMismatch.class)
                    .defaultValue(ValueMismatch.FAIL)
                    .withDescription(
                            "Of the format dynamodb-stream-json: what happens where an attribute's value does not fit"
                                    + " its column, as items have no schema. FAIL, or NULL in place of the value,"
                                    + " counted in the metric mismatchedValues.");

    private ChangeFormatOptions() {}
}
