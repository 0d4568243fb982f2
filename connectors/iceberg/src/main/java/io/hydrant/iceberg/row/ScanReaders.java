package io.hydrant.iceberg.row;

import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together the readers that scan values, as {@link RowReader} does those of trees. */
final class ScanReaders {

    /** Stands for a null where there may be one. */
    private static final Object NULL = new Object();

    private final boolean ignoresUnknown;

    ScanReaders(boolean ignoresUnknown) {
        this.ignoresUnknown = ignoresUnknown;
    }

    /**
     * The reader of an object.
     *
     * @throws IllegalArgumentException if values of a column's type cannot be written
     */
    ScanStruct struct(Types.StructType type) {
        ScanReader[] readers = new ScanReader[type.fields().size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = reader(type.fields().get(i).type());
        }
        return new ScanStruct(type, readers, ignoresUnknown);
    }

    private ScanReader reader(Type type) {
        return switch (type.typeId()) {
            case STRUCT -> struct(type.asStructType());
            case LIST -> list(type.asListType());
            case MAP -> map(type.asMapType());
            default -> ScanScalars.of(type);
        };
    }

    private ScanReader list(Types.ListType type) {
        ScanReader element = element(type.elementType(), type.isElementRequired());
        return json -> {
            if (!json.accept('[')) {
                return null;
            }
            List<Object> elements = new ArrayList<>();
            if (!json.accept(']')) {
                do {
                    Object value = element.scan(json);
                    if (value == null) {
                        return null;
                    }
                    elements.add(value == NULL ? null : value);
                } while (json.accept(','));
                if (!json.accept(']')) {
                    return null;
                }
            }
            return new GenericArrayData(elements.toArray());
        };
    }

    private ScanReader map(Types.MapType type) {
        ScanReader element = element(type.valueType(), type.isValueRequired());
        return json -> {
            if (!json.accept('{')) {
                return null;
            }
            Map<StringData, Object> entries = new HashMap<>();
            if (!json.accept('}')) {
                do {
                    if (!json.text()) {
                        return null;
                    }
                    StringData key = StringData.fromString(json.string());
                    Object value = json.accept(':') ? element.scan(json) : null;
                    if (value == null) {
                        return null;
                    }
                    entries.put(key, value == NULL ? null : value);
                } while (json.accept(','));
                if (!json.accept('}')) {
                    return null;
                }
            }
            return new GenericMapData(entries);
        };
    }

    private ScanReader element(Type type, boolean isRequired) {
        ScanReader reader = reader(type);
        return isRequired ? reader : json -> json.acceptNull() ? NULL : reader.scan(json);
    }
}
