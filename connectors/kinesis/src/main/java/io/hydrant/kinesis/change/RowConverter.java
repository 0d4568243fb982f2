package io.hydrant.kinesis.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads maps, and whole items, by the names of fields; other attributes are passed over. */
final class RowConverter extends AttributeConverter {

    private final AttributeConverter[] fields;
    private final Map<String, Integer> indexes = new HashMap<>();

    /**
     * A converter.
     *
     * @param fields in the order of the type
     */
    RowConverter(String path, RowType type, Mismatches mismatches, AttributeConverter[] fields) {
        super(path, type, mismatches);
        this.fields = fields;
        for (String name : type.getFieldNames()) {
            indexes.put(name, indexes.size());
        }
    }

    @Override
    Object of(String kind, JsonParser in) throws IOException {
        return kind.equals("M") && in.currentToken() == JsonToken.START_OBJECT
                ? attributes(in)
                : mismatch(kind, in);
    }

    /** Reads the attributes of a map or an item, at whose beginning the parser is. */
    GenericRowData attributes(JsonParser in) throws IOException {
        GenericRowData row = read(in, null);
        for (int i = 0; i < fields.length; i++) {
            if (row.isNullAt(i)) {
                fields[i].orRefuseNull(null);
            }
        }
        return row;
    }

    /**
     * The same of a key: fields that are not of it are null whatever their type.
     *
     * @param names takes the names of the key's attributes
     */
    GenericRowData key(JsonParser in, List<String> names) throws IOException {
        return read(in, names);
    }

    private GenericRowData read(JsonParser in, List<String> names) throws IOException {
        GenericRowData row = new GenericRowData(fields.length);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            if (names != null) {
                names.add(in.currentName());
            }
            Integer index = indexes.get(in.currentName());
            in.nextToken();
            if (index == null) {
                in.skipChildren();
            } else {
                row.setField(index, fields[index].convert(in));
            }
        }
        return row;
    }

    @Override
    String wayOut() {
        return "a ROW takes M; declare it STRING to have anything but B as text";
    }
}
