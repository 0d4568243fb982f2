package io.hydrant.iceberg.row;

import io.hydrant.delivery.json.JsonScan;
import io.hydrant.delivery.json.ObjectKeys;

import org.apache.flink.table.data.GenericRowData;
import org.apache.iceberg.types.Types;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scans an object into a row, field by field. Leaves to the tree what {@link StructReader} would
 * refuse, and unknown fields that are not to be ignored.
 */
final class ScanStruct implements ScanReader {

    private final List<Types.NestedField> columns;
    private final ScanReader[] readers;
    private final boolean ignoresUnknown;
    private final ObjectKeys keys;

    ScanStruct(Types.StructType type, ScanReader[] readers, boolean ignoresUnknown) {
        this.columns = type.fields();
        this.readers = readers;
        this.ignoresUnknown = ignoresUnknown;
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
        }
        this.keys = new ObjectKeys(key -> positions.getOrDefault(key, ObjectKeys.NO_FIELD));
    }

    @Override
    public GenericRowData scan(JsonScan json) {
        if (!json.accept('{')) {
            return null;
        }
        GenericRowData row = new GenericRowData(columns.size());
        if (!json.accept('}')) {
            keys.begin();
            do {
                if (!keys.scan(json) || !json.accept(':') || !value(json, keys.field(), row)) {
                    return null;
                }
            } while (json.accept(','));
            if (!json.accept('}')) {
                return null;
            }
        }
        return hasRequired(row) ? row : null;
    }

    private boolean value(JsonScan json, int position, GenericRowData row) {
        if (position == ObjectKeys.NO_FIELD) {
            return ignoresUnknown ? json.skip() : json.acceptNull();
        }
        if (json.acceptNull()) {
            // Of a key that comes twice the last one counts.
            row.setField(position, null);
            return true;
        }
        Object value = readers[position].scan(json);
        row.setField(position, value);
        return value != null;
    }

    private boolean hasRequired(GenericRowData row) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isRequired() && row.isNullAt(i)) {
                return false;
            }
        }
        return true;
    }
}
