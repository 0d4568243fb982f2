package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.json.JsonScan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/**
 * Reads JSON values into a type without types within. What such a type does not take is a mismatch.
 *
 * <p>Nothing is lost on the way without a word: a number that is too large for its column, or has a
 * fraction that the column has no place for, is a mismatch, too. Only digits of a decimal behind
 * its scale are rounded, and texts cut to the length of {@code varchar} and {@code char}, as in
 * Hive.
 */
abstract class SimpleReader extends ValueReader implements MapReader.KeyReader {

    final HiveType type;

    /** Whether texts are taken where another kind of value belongs. */
    private final boolean takesTexts;

    SimpleReader(HiveType type, boolean takesTexts) {
        this.type = type;
        this.takesTexts = takesTexts;
    }

    @Override
    void read(JsonParser json, GrowingBytes out) throws IOException, ConversionException {
        JsonToken token = json.currentToken();
        boolean isRead;
        if (token == JsonToken.VALUE_STRING) {
            isRead = takesTexts && ofText(json, out);
        } else if (token.isNumeric()) {
            isRead = ofNumber(json, out);
        } else if (token.isBoolean()) {
            isRead = ofBoolean(json.getBooleanValue(), out);
        } else {
            isRead = ofNested(json, out);
        }
        if (!isRead) {
            throw ConversionException.mismatch(json, type.text());
        }
    }

    @Override
    boolean scan(JsonScan json, GrowingBytes out) {
        return switch (json.peek()) {
            case '"' -> takesTexts && json.text() && ofScannedText(json, out);
            case 't' -> json.acceptTrue() && ofBoolean(true, out);
            case 'f' -> json.acceptFalse() && ofBoolean(false, out);
            default -> json.number() && ofScannedNumber(json, out);
        };
    }

    /** Keys are always texts, so numbers among them are read from there, whatever the SerDe. */
    @Override
    public boolean read(String key, GrowingBytes out) {
        return ofText(key, out);
    }

    boolean ofText(JsonParser json, GrowingBytes out) throws IOException {
        return ofText(json.getText(), out);
    }

    abstract boolean ofText(String text, GrowingBytes out);

    boolean ofNumber(JsonParser json, GrowingBytes out) throws IOException {
        return false;
    }

    /** Takes the text that was passed over; false leaves it to {@link #ofText}. */
    boolean ofScannedText(JsonScan json, GrowingBytes out) {
        return ofText(json.string(), out);
    }

    /** Takes the number that was passed over; false leaves it to {@link #ofNumber}. */
    boolean ofScannedNumber(JsonScan json, GrowingBytes out) {
        return false;
    }

    boolean ofBoolean(boolean value, GrowingBytes out) {
        return false;
    }

    boolean ofNested(JsonParser json, GrowingBytes out) throws IOException {
        return false;
    }
}
