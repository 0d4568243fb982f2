package io.hydrant.iceberg.row;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.iceberg.types.Types;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads an object into a row, field by field; names match exactly, as in Firehose. */
final class StructReader implements ValueReader {

    /** Is told of fields that have no column. */
    @FunctionalInterface
    interface Unknown {

        /** Takes a field, whose value is not null. */
        void field(String name, JsonNode value) throws MisfitException;
    }

    private final List<Types.NestedField> columns;
    private final ValueReader[] readers;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Unknown unknown;

    StructReader(Types.StructType type, ValueReader[] readers, Unknown unknown) {
        this.columns = type.fields();
        this.readers = readers;
        this.unknown = unknown;
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
        }
    }

    @Override
    public GenericRowData read(JsonNode value) throws MisfitException {
        if (!value.isObject()) {
            throw Scalars.mismatch(value, "an object");
        }
        GenericRowData row = new GenericRowData(columns.size());
        for (Iterator<Map.Entry<String, JsonNode>> each = value.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> field = each.next();
            if (field.getValue().isNull()) {
                continue;
            }
            Integer position = positions.get(field.getKey());
            if (position == null) {
                unknown.field(field.getKey(), field.getValue());
                continue;
            }
            try {
                row.setField(position, readers[position].read(field.getValue()));
            } catch (MisfitException e) {
                throw e.within(field.getKey());
            }
        }
        return row;
    }

    /** Refuses a row without a value where its column must have one. */
    void requireValues(GenericRowData row) throws MisfitException {
        for (int i = 0; i < columns.size(); i++) {
            if (row.isNullAt(i) && columns.get(i).isRequired()) {
                throw new MisfitException(
                        Misfit.MISSING_FIELD,
                        columns.get(i).name(),
                        "is missing or null, and its column must have a value");
            }
        }
    }
}
