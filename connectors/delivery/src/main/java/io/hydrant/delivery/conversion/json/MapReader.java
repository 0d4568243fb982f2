package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.json.JsonScan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/** Reads a JSON object whose keys are data. */
final class MapReader extends ValueReader {

    private final KeyReader key;
    private final ValueReader value;

    MapReader(KeyReader key, ValueReader value) {
        this.key = key;
        this.value = value;
    }

    /** Turns a JSON key into the key of a map. */
    interface KeyReader {

        /** Writes the key; false where it is not of the keys' type. */
        boolean read(String key, GrowingBytes out);
    }

    @Override
    void read(JsonParser json, GrowingBytes out) throws IOException, ConversionException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw ConversionException.mismatch(json, "an object");
        }
        int begin = RowBytes.beginArray(out);
        int count = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (!key.read(name, out)) {
                throw ConversionException.key();
            }
            boolean isPresent = json.nextToken() != JsonToken.VALUE_NULL;
            RowBytes.presence(isPresent, out);
            if (isPresent) {
                try {
                    value.read(json, out);
                } catch (ConversionException e) {
                    throw e.within("[]");
                }
            }
            count++;
        }
        RowBytes.endArray(begin, count, out);
    }

    @Override
    boolean scan(JsonScan json, GrowingBytes out) {
        if (!json.accept('{')) {
            return false;
        }
        int begin = RowBytes.beginArray(out);
        int count = 0;
        if (!json.accept('}')) {
            do {
                if (!json.text() || !key.read(json.string(), out) || !json.accept(':')) {
                    return false;
                }
                boolean isPresent = !json.acceptNull();
                RowBytes.presence(isPresent, out);
                if (isPresent && !value.scan(json, out)) {
                    return false;
                }
                count++;
            } while (json.accept(','));
            if (!json.accept('}')) {
                return false;
            }
        }
        RowBytes.endArray(begin, count, out);
        return true;
    }
}
