package io.hydrant.sql.kda.run;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the rows of a reference table that have equal keys beside each row of a stream. */
final class ReferenceOperator extends RichFlatMapFunction<RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private final RowType stream;
    private final RowType table;
    private final int[] streamKeys;
    private final int[] tableKeys;
    private final boolean outer;
    private final boolean candidates;
    private final ReferenceRows rows;

    private transient RowData.FieldGetter[] streamFields;
    private transient RowData.FieldGetter[] tableFields;
    private transient Map<List<Object>, List<RowData>> index;
    private transient List<RowData> indexed;

    ReferenceOperator(
            RowType stream,
            RowType table,
            int[] streamKeys,
            int[] tableKeys,
            boolean outer,
            boolean candidates,
            ReferenceRows rows) {
        this.stream = stream;
        this.table = table;
        this.streamKeys = streamKeys.clone();
        this.tableKeys = tableKeys.clone();
        this.outer = outer;
        this.candidates = candidates;
        this.rows = rows;
    }

    @Override
    public void open(OpenContext context) {
        streamFields = getters(stream);
        tableFields = getters(table);
    }

    @Override
    public void close() {
        rows.close();
    }

    private static RowData.FieldGetter[] getters(RowType type) {
        RowData.FieldGetter[] getters = new RowData.FieldGetter[type.getFieldCount()];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = RowData.createFieldGetter(type.getTypeAt(i), i);
        }
        return getters;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // The same list means the same version of the table.
    public void flatMap(RowData row, Collector<RowData> out) {
        List<RowData> current = rows.current();
        if (indexed != current) {
            indexed = current;
            index = new HashMap<>();
            for (RowData candidate : current) {
                List<Object> key = key(candidate, tableFields, tableKeys);
                if (!key.contains(null)) {
                    index.computeIfAbsent(key, k -> new ArrayList<>()).add(candidate);
                }
            }
        }
        List<RowData> matches = index.getOrDefault(key(row, streamFields, streamKeys), List.of());
        for (int i = 0; i < matches.size(); i++) {
            boolean last = i == matches.size() - 1;
            out.collect(
                    widened(row, matches.get(i), last ? MatchOperator.LAST : MatchOperator.ONE));
        }
        if (matches.isEmpty() && outer) {
            out.collect(widened(row, null, MatchOperator.NONE));
        }
    }

    private static List<Object> key(RowData row, RowData.FieldGetter[] getters, int[] fields) {
        Object[] key = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            Object value = getters[fields[i]].getFieldOrNull(row);
            key[i] =
                    value instanceof Number number
                                    && !(value instanceof Double || value instanceof Float)
                            ? (Object) number.longValue()
                            : value;
        }
        return Arrays.asList(key);
    }

    private RowData widened(RowData row, RowData match, byte candidate) {
        int width = streamFields.length + tableFields.length;
        GenericRowData widened = new GenericRowData(candidates ? width + 1 : width);
        if (candidates) {
            widened.setField(width, candidate);
        }
        for (int i = 0; i < streamFields.length; i++) {
            widened.setField(i, streamFields[i].getFieldOrNull(row));
        }
        for (int i = 0; i < tableFields.length; i++) {
            widened.setField(
                    streamFields.length + i,
                    match == null ? null : tableFields[i].getFieldOrNull(match));
        }
        return widened;
    }
}
