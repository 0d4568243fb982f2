package io.hydrant.sql.kda.run;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Takes some fields of a row as its key; in the binary form, whose hash is the same after a
 * restore.
 */
final class FieldKey implements KeySelector<RowData, RowData>, ResultTypeQueryable<RowData> {

    private static final long serialVersionUID = 1L;

    private final RowType type;
    private final RowData.FieldGetter[] getters;
    private transient RowDataSerializer serializer;

    FieldKey(RowType row, int[] fields) {
        LogicalType[] types = new LogicalType[fields.length];
        getters = new RowData.FieldGetter[fields.length];
        for (int i = 0; i < fields.length; i++) {
            types[i] = row.getTypeAt(fields[i]);
            getters[i] = RowData.createFieldGetter(types[i], fields[i]);
        }
        type = RowType.of(types);
    }

    @Override
    public RowData getKey(RowData row) {
        if (serializer == null) {
            serializer = new RowDataSerializer(type);
        }
        GenericRowData key = new GenericRowData(getters.length);
        for (int i = 0; i < getters.length; i++) {
            key.setField(i, getters[i].getFieldOrNull(row));
        }
        return serializer.toBinaryRow(key).copy();
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return InternalTypeInfo.of(type);
    }
}
