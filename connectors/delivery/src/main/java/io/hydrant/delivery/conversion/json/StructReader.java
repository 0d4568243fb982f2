package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.schema.HiveType;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON object into the fields of a struct. Keys that are no field are passed over; of a key
 * that comes twice the last one counts, and null is the same as absent.
 */
final class StructReader implements ValueReader {

    private static final int NO_FIELD = -1;
    private static final int NOT_WRITTEN = -1;

    /** Keys are data where somebody uses ids as keys, and then there is no end of them. */
    private static final int MOST_KEYS = 10_000;

    private final List<HiveType.Field> fields;
    private final ValueReader[] values;
    private final KeyNames names;

    /** What keys as they are in the JSON stand for. */
    private final Map<String, Key> known = new HashMap<>();

    /** Stands in front of an object's first key. */
    private final Key front = new Key("", NO_FIELD);

    private final Map<String, Integer> byName = new HashMap<>();

    /** Where each field of the object begins that is being read. */
    private final int[] heads;

    /** A key, with the one that came behind it last: objects mostly have theirs in one order. */
    private static final class Key {

        private final byte[] name;
        private final int index;
        private Key next;

        private Key(String name, int index) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.index = index;
        }
    }

    StructReader(HiveType.Struct type, ValueReader[] values, KeyNames names) {
        this.fields = type.fields();
        this.values = values;
        this.names = names;
        for (int i = 0; i < fields.size(); i++) {
            byName.put(names.keyOf(fields.get(i).name()), i);
        }
        this.heads = new int[values.length];
    }

    @Override
    public void read(JsonParser json, GrowingBytes out) throws IOException, ConversionException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw ConversionException.mismatch(json, "an object");
        }
        // One array will do: no struct is within itself, so no two objects are read at once.
        Arrays.fill(heads, NOT_WRITTEN);
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            int index = keyOf(key).index;
            if (index == NO_FIELD) {
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
    public boolean scan(JsonScan json, GrowingBytes out) {
        if (!json.accept('{')) {
            return false;
        }
        Arrays.fill(heads, NOT_WRITTEN);
        if (!json.accept('}')) {
            Key key = front;
            do {
                key = scanKey(json, key);
                if (key == null || !json.accept(':') || !scanValue(json, key.index, out)) {
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

    private Key scanKey(JsonScan json, Key last) {
        Key expected = last.next;
        if (expected != null && json.acceptText(expected.name)) {
            return expected;
        }
        if (!json.text()) {
            return null;
        }
        last.next = keyOf(json.string());
        return last.next;
    }

    private boolean scanValue(JsonScan json, int index, GrowingBytes out) {
        if (index == NO_FIELD) {
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

    private Key keyOf(String name) {
        Key key = known.get(name);
        if (key == null) {
            key = new Key(name, byName.getOrDefault(names.normalized(name), NO_FIELD));
            if (known.size() < MOST_KEYS) {
                known.put(name, key);
            }
        }
        return key;
    }
}
