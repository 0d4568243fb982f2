package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.json.JsonScan;
import io.hydrant.delivery.json.ObjectKeys;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON object into the fields of a struct. Keys that are no field are passed over; of a key
 * that comes twice the last one counts, and null is the same as absent.
 */
final class StructReader extends ValueReader {

    private static final int NOT_WRITTEN = -1;

    private final List<HiveType.Field> fields;
    private final ValueReader[] values;
    private final ObjectKeys keys;

    /** Where each field of the object begins that is being read. */
    private final int[] heads;

    StructReader(HiveType.Struct type, ValueReader[] values, KeyNames names) {
        this.fields = type.fields();
        this.values = values;
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            byName.put(names.keyOf(fields.get(i).name()), i);
        }
        this.keys =
                new ObjectKeys(
                        key -> byName.getOrDefault(names.normalized(key), ObjectKeys.NO_FIELD));
        this.heads = new int[values.length];
    }

    @Override
    void read(JsonParser json, GrowingBytes out) throws IOException, ConversionException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw ConversionException.mismatch(json, "an object");
        }
        // One array will do: no struct is within itself, so no two objects are read at once.
        Arrays.fill(heads, NOT_WRITTEN);
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            int index = keys.fieldOf(key);
            if (index == ObjectKeys.NO_FIELD) {
                json.skipChildren();
                continue;
            }
            if (heads[index] != NOT_WRITTEN) {
                RowBytes.supersede(heads[index], out);
                heads[index] = NOT_WRITTEN;
            }
            if (token != JsonToken.VALUE_NULL) {
                heads[index] = RowBytes.field(index, out);
                try {
                    values[index].read(json, out);
                } catch (ConversionException e) {
                    throw e.within(fields.get(index).name());
                }
            }
        }
        RowBytes.endStruct(out);
    }

    @Override
    boolean scan(JsonScan json, GrowingBytes out) {
        if (!json.accept('{')) {
            return false;
        }
        Arrays.fill(heads, NOT_WRITTEN);
        if (!json.accept('}')) {
            keys.begin();
            do {
                if (!keys.scan(json) || !json.accept(':') || !scanValue(json, keys.field(), out)) {
                    return false;
                }
            } while (json.accept(','));
            if (!json.accept('}')) {
                return false;
            }
        }
        RowBytes.endStruct(out);
        return true;
    }

    private boolean scanValue(JsonScan json, int index, GrowingBytes out) {
        if (index == ObjectKeys.NO_FIELD) {
            return json.skip();
        }
        if (heads[index] != NOT_WRITTEN) {
            RowBytes.supersede(heads[index], out);
            heads[index] = NOT_WRITTEN;
        }
        if (json.acceptNull()) {
            return true;
        }
        heads[index] = RowBytes.field(index, out);
        return values[index].scan(json, out);
    }
}
