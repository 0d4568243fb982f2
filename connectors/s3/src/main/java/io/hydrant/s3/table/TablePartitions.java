package io.hydrant.s3.table;

import io.hydrant.delivery.buffer.PartitionTime;
import io.hydrant.delivery.partition.NamingConfig;
import io.hydrant.delivery.partition.PartitionKeyException;
import io.hydrant.delivery.partition.PartitionKeys;
import io.hydrant.delivery.partition.PrefixTemplate;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The columns of {@code PARTITIONED BY}, whose values are the partitioning keys of a row, for
 * {@code !{partitionKeyFromQuery:column}}.
 *
 * @param names the columns
 * @param columns their values in a row
 * @param isDate which of them are dates
 * @param prefix the data prefix, with all of them in it
 * @param zone time zone of the prefix
 * @param time which time its timestamps show
 * @param absent what stands for null and for the empty text
 */
record TablePartitions(
        List<String> names,
        RowData.FieldGetter[] columns,
        boolean[] isDate,
        String prefix,
        String zone,
        PartitionTime time,
        String absent)
        implements Serializable {

    static TablePartitions of(
            RowType row,
            List<String> names,
            String prefix,
            String zone,
            PartitionTime time,
            String absent) {
        if (new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("PARTITIONED BY " + names + " names a column twice");
        }
        if (absent.isEmpty()) {
            throw new IllegalArgumentException(
                    S3TableOptions.DEFAULT_PARTITION.key()
                            + " is empty; a prefix needs something to show, such as "
                            + S3TableOptions.DEFAULT_PARTITION.defaultValue());
        }
        RowData.FieldGetter[] columns = new RowData.FieldGetter[names.size()];
        boolean[] isDate = new boolean[names.size()];
        for (int i = 0; i < columns.length; i++) {
            int index = row.getFieldIndex(names.get(i));
            LogicalType type = row.getTypeAt(index);
            requireText(names.get(i), type);
            columns[i] = RowData.createFieldGetter(type, index);
            isDate[i] = type.is(LogicalTypeRoot.DATE);
        }
        return new TablePartitions(List.copyOf(names), columns, isDate, prefix, zone, time, absent);
    }

    private static void requireText(String name, LogicalType type) {
        boolean hasText =
                type.is(LogicalTypeFamily.CHARACTER_STRING)
                        || type.is(LogicalTypeFamily.INTEGER_NUMERIC)
                        || type.is(LogicalTypeRoot.BOOLEAN)
                        || type.is(LogicalTypeRoot.DATE);
        if (!hasText) {
            throw new IllegalArgumentException(
                    "PARTITIONED BY names the column '"
                            + name
                            + "' of type "
                            + type.asSummaryString()
                            + "; it must be a text, a whole number, a truth value or a date. Make it"
                            + " a STRING and write into it what the prefix is to show, such as"
                            + " DATE_FORMAT(…, 'yyyy-MM-dd-HH')");
        }
    }

    /** The template of the prefix; for one task. */
    PrefixTemplate template() {
        return PrefixTemplate.forData(prefix, NamingConfig.zone(zone));
    }

    /** Whether rows of the same keys may belong under several prefixes, by their time. */
    boolean isOfEachTime() {
        return time == PartitionTime.RECORD;
    }

    /** The keys of a row. */
    PartitionKeys keysOf(RowData row) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < columns.length; i++) {
            keys.put(names.get(i), text(columns[i].getFieldOrNull(row), isDate[i]));
        }
        return PartitionKeys.ofQuery(keys);
    }

    /**
     * The partition of such keys.
     *
     * @throws PartitionKeyException if its prefix gets too long
     */
    String partition(PrefixTemplate template, PartitionKeys keys, long arrivalMillis)
            throws PartitionKeyException {
        return isOfEachTime() ? template.partition(keys, arrivalMillis) : template.partition(keys);
    }

    private String text(Object value, boolean isDay) {
        if (value == null) {
            return absent;
        }
        String text = isDay ? LocalDate.ofEpochDay((Integer) value).toString() : value.toString();
        return text.isEmpty() ? absent : PartitionText.escaped(text);
    }
}
