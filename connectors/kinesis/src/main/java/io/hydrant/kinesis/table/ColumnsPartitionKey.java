package io.hydrant.kinesis.table;

import io.hydrant.kinesis.sink.PartitionKey;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

import java.util.HashSet;
import java.util.List;

/**
 * The partition key of a row as Flink's official connector makes it: the values of some columns
 * with a delimiter between them, cut at the service's 256 characters.
 *
 * <p>Values are written as the official connector writes them, so that rows of one key go to one
 * shard whichever of the two has written them: a DATE as its days since 1970, a TIME as its
 * milliseconds of the day, a missing value as {@code null}.
 */
final class ColumnsPartitionKey implements PartitionKey<RowData> {

    private static final long serialVersionUID = 1L;

    private static final int SERVICE_MAX_CHARACTERS = 256;

    private final RowData.FieldGetter[] columns;
    private final String delimiter;

    private ColumnsPartitionKey(RowData.FieldGetter[] columns, String delimiter) {
        this.columns = columns;
        this.delimiter = delimiter;
    }

    /**
     * The key of some columns.
     *
     * @param row the table's physical columns
     * @param names the columns of {@code PARTITIONED BY}, in their order
     * @throws IllegalArgumentException naming a column that is missing, is there twice or has a
     *     type that no key can be made of
     */
    static ColumnsPartitionKey of(RowType row, List<String> names, String delimiter) {
        if (new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("PARTITIONED BY " + names + " names a column twice");
        }
        RowData.FieldGetter[] columns = new RowData.FieldGetter[names.size()];
        for (int i = 0; i < columns.length; i++) {
            int index = row.getFieldIndex(names.get(i));
            if (index < 0) {
                throw new IllegalArgumentException(
                        "PARTITIONED BY names the column '"
                                + names.get(i)
                                + "', which is none of those that are written: "
                                + row.getFieldNames());
            }
            LogicalType type = row.getTypeAt(index);
            if (!hasText(type)) {
                throw new IllegalArgumentException(
                        "PARTITIONED BY names the column '"
                                + names.get(i)
                                + "' of type "
                                + type.asSummaryString()
                                + ", of which no partition key can be made; it must be a text, a number,"
                                + " a truth value, a date or a time");
            }
            columns[i] = RowData.createFieldGetter(type, index);
        }
        return new ColumnsPartitionKey(columns, delimiter);
    }

    private static boolean hasText(LogicalType type) {
        return type.is(LogicalTypeFamily.CHARACTER_STRING)
                || type.is(LogicalTypeFamily.NUMERIC)
                || type.is(LogicalTypeFamily.DATETIME)
                || type.is(LogicalTypeRoot.BOOLEAN);
    }

    @Override
    public String of(RowData row) {
        if (columns.length == 1) {
            return cut(String.valueOf(columns[0].getFieldOrNull(row)));
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < columns.length && key.length() < SERVICE_MAX_CHARACTERS; i++) {
            if (i > 0) {
                key.append(delimiter);
            }
            key.append(columns[i].getFieldOrNull(row));
        }
        return cut(key.toString());
    }

    /** Not through the middle of a character, which would be no text any more. */
    private static String cut(String key) {
        if (key.length() <= SERVICE_MAX_CHARACTERS) {
            return key;
        }
        boolean halves = Character.isHighSurrogate(key.charAt(SERVICE_MAX_CHARACTERS - 1));
        return key.substring(0, SERVICE_MAX_CHARACTERS - (halves ? 1 : 0));
    }
}
