package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.json.JsonScan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;

/** Reads texts and, as texts, numbers and truths; with OpenX also nested JSON. */
final class TextReader extends SimpleReader {

    private static final JsonFactory JSON = new JsonFactory();

    private final int mostCharacters;
    private final boolean isNestedJsonText;
    private final GrowingBytes nested = new GrowingBytes(0);

    TextReader(HiveType type, boolean isNestedJsonText) {
        super(type, true);
        this.isNestedJsonText = isNestedJsonText;
        this.mostCharacters =
                type instanceof HiveType.Varchar varchar
                        ? varchar.length()
                        : type instanceof HiveType.Char fixed ? fixed.length() : Integer.MAX_VALUE;
    }

    @Override
    boolean ofText(JsonParser json, GrowingBytes out) throws IOException {
        if (mostCharacters < Integer.MAX_VALUE) {
            return ofText(json.getText(), out);
        }
        RowBytes.text(json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), out);
        return true;
    }

    @Override
    boolean ofText(String text, GrowingBytes out) {
        String cut = text;
        if (text.codePointCount(0, text.length()) > mostCharacters) {
            cut = text.substring(0, text.offsetByCodePoints(0, mostCharacters));
        }
        if (type instanceof HiveType.Char) {
            cut = withoutTrailingSpaces(cut);
        }
        char[] characters = cut.toCharArray();
        RowBytes.text(characters, 0, characters.length, out);
        return true;
    }

    @Override
    boolean ofNumber(JsonParser json, GrowingBytes out) throws IOException {
        return ofText(json, out);
    }

    @Override
    boolean ofScannedText(JsonScan json, GrowingBytes out) {
        if (mostCharacters < Integer.MAX_VALUE) {
            return ofText(json.string(), out);
        }
        RowBytes.bytes(json.array(), json.offset(), json.length(), out);
        return true;
    }

    @Override
    boolean ofScannedNumber(JsonScan json, GrowingBytes out) {
        return ofScannedText(json, out);
    }

    @Override
    boolean ofBoolean(boolean value, GrowingBytes out) {
        return ofText(String.valueOf(value), out);
    }

    @Override
    boolean ofNested(JsonParser json, GrowingBytes out) throws IOException {
        if (!isNestedJsonText || type != HiveType.Simple.STRING) {
            return false;
        }
        nested.clear();
        try (JsonGenerator generator = JSON.createGenerator(nested)) {
            generator.copyCurrentStructure(json);
        }
        RowBytes.bytes(nested.array(), 0, nested.length(), out);
        return true;
    }

    private static String withoutTrailingSpaces(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
