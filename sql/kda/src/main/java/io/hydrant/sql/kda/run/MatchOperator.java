package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Stages.Keep;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

/**
 * Keeps of a row and the rows of a reference table beside it those that match, or the row once.
 *
 * <p>The rows of one row of the stream come one after the other, from one call of {@link
 * ReferenceOperator}; so no checkpoint is between them, and what is known of them is no state.
 */
final class MatchOperator implements FlatMapFunction<RowData, RowData> {

    private static final long serialVersionUID = 1L;

    /** Of the candidates of a row. */
    static final byte NONE = 0;

    static final byte ONE = 1;
    static final byte LAST = 2;

    private final RowData.FieldGetter[] getters;
    private final int width;
    private final int candidate;
    private final int match;
    private final Keep keep;

    private boolean any;

    /**
     * Reads rows of the stream's columns, then the table's, then the candidate and the match.
     *
     * @param width how many columns the stream has
     */
    MatchOperator(RowType type, int width, Keep keep) {
        candidate = type.getFieldCount() - 2;
        match = type.getFieldCount() - 1;
        getters = new RowData.FieldGetter[keep == Keep.PAIRS_OR_ROW ? candidate : width];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = RowData.createFieldGetter(type.getTypeAt(i), i);
        }
        this.width = width;
        this.keep = keep;
    }

    /** How many of the columns are kept. */
    int kept() {
        return getters.length;
    }

    @Override
    public void flatMap(RowData row, Collector<RowData> out) {
        boolean matches = row.getBoolean(match);
        any |= matches;
        if (matches && keep == Keep.PAIRS_OR_ROW) {
            out.collect(copy(row, getters.length));
        }
        if (row.getByte(candidate) == ONE) {
            return;
        }
        if (any == (keep == Keep.ROW_IF_ANY)) {
            out.collect(copy(row, width));
        }
        any = false;
    }

    private RowData copy(RowData row, int fields) {
        GenericRowData copy = new GenericRowData(getters.length);
        for (int i = 0; i < fields; i++) {
            copy.setField(i, getters[i].getFieldOrNull(row));
        }
        return copy;
    }
}
