package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Column;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Rows of the error stream.
 *
 * <p>Source: developer guide, "Error Handling". The time of an error is the time of the row that
 * has it, so that a run is the same each time.
 */
public final class Errors implements MapFunction<RowData, RowData> {

    private static final long serialVersionUID = 1L;

    /** What the stream is called. */
    public static final String NAME = "error_stream";

    private static final int LONGEST_MESSAGE = 4096;

    /** Two characters for each byte. */
    private static final int LONGEST_ROW = 49152;

    private static final int MILLISECONDS = 3;

    /** ROWTIME and the columns of the error stream. */
    public static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {
                        new TimestampType(MILLISECONDS),
                        new TimestampType(MILLISECONDS),
                        new VarCharType(10),
                        new VarCharType(32),
                        new VarCharType(LONGEST_MESSAGE),
                        new TimestampType(MILLISECONDS),
                        new VarCharType(LONGEST_ROW),
                        new VarCharType(128)
                    },
                    new String[] {
                        Column.ROWTIME,
                        "ERROR_TIME",
                        "ERROR_LEVEL",
                        "ERROR_NAME",
                        "MESSAGE",
                        "DATA_ROWTIME",
                        "DATA_ROW",
                        "PUMP_NAME"
                    });

    private final String pump;

    Errors(String pump) {
        this.pump = pump;
    }

    /** The columns of the error stream, in order. */
    public static List<Column> columns() {
        return TYPE.getFields().stream()
                .skip(1)
                .map(f -> new Column(f.getName(), f.getType()))
                .toList();
    }

    /**
     * A row of the error stream.
     *
     * @param rowtime of the row that failed
     * @param name ERROR_NAME
     * @param message MESSAGE
     * @param data the row that failed
     * @param pump what failed; null for the input
     */
    public static RowData row(
            TimestampData rowtime, String name, String message, byte[] data, String pump) {
        return row(rowtime, rowtime, name, message, data, pump);
    }

    /**
     * A row of the error stream for a row whose time is not the clock's.
     *
     * @param now when the error is seen
     * @param rowtime of the row that failed
     * @param name ERROR_NAME
     * @param message MESSAGE
     * @param data the row that failed
     * @param pump what failed; null for the input
     */
    public static RowData row(
            TimestampData now,
            TimestampData rowtime,
            String name,
            String message,
            byte[] data,
            String pump) {
        String hex = HexFormat.of().formatHex(data, 0, Math.min(data.length, LONGEST_ROW / 2));
        return GenericRowData.of(
                now,
                now,
                StringData.fromString("ERROR"),
                StringData.fromString(name),
                StringData.fromString(
                        message.length() > LONGEST_MESSAGE
                                ? message.substring(0, LONGEST_MESSAGE)
                                : message),
                rowtime,
                StringData.fromString(hex),
                StringData.fromString(pump));
    }

    /** Takes ROWTIME, the error as NAME:MESSAGE, and the row as text. */
    @Override
    public RowData map(RowData failed) {
        String error = failed.getString(1).toString();
        int colon = error.indexOf(':');
        return row(
                failed.getTimestamp(0, MILLISECONDS),
                error.substring(0, colon),
                error.substring(colon + 1),
                failed.getString(2).toString().getBytes(StandardCharsets.UTF_8),
                pump);
    }
}
