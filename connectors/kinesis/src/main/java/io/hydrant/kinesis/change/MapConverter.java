package io.hydrant.kinesis.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.MapType;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads maps whose values are all of one type. */
final class MapConverter extends AttributeConverter {

    private final AttributeConverter value;

    MapConverter(String path, MapType type, Mismatches mismatches, AttributeConverter value) {
        super(path, type, mismatches);
        this.value = value;
    }

    @Override
    Object of(String kind, JsonParser in) throws IOException {
        if (!kind.equals("M") || in.currentToken() != JsonToken.START_OBJECT) {
            return mismatch(kind, in);
        }
        Map<StringData, Object> entries = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            StringData name = StringData.fromString(in.currentName());
            in.nextToken();
            entries.put(name, value.convert(in));
        }
        return new GenericMapData(entries);
    }

    @Override
    String wayOut() {
        return "a MAP takes M; declare it STRING to have anything but B as text";
    }
}
