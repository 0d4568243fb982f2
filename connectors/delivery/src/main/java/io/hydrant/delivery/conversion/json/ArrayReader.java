package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.json.JsonScan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/** Reads a JSON array. */
final class ArrayReader extends ValueReader {

    private final ValueReader element;

    ArrayReader(ValueReader element) {
        this.element = element;
    }

    @Override
    void read(JsonParser json, GrowingBytes out) throws IOException, ConversionException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw ConversionException.mismatch(json, "an array");
        }
        int begin = RowBytes.beginArray(out);
        int count = 0;
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            boolean isPresent = token != JsonToken.VALUE_NULL;
            RowBytes.presence(isPresent, out);
            if (isPresent) {
                try {
                    element.read(json, out);
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
        if (!json.accept('[')) {
            return false;
        }
        int begin = RowBytes.beginArray(out);
        int count = 0;
        if (!json.accept(']')) {
            do {
                boolean isPresent = !json.acceptNull();
                RowBytes.presence(isPresent, out);
                if (isPresent && !element.scan(json, out)) {
                    return false;
                }
                count++;
            } while (json.accept(','));
            if (!json.accept(']')) {
                return false;
            }
        }
        RowBytes.endArray(begin, count, out);
        return true;
    }
}
