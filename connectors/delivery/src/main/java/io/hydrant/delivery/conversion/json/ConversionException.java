package io.hydrant.delivery.conversion.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;

import java.io.Serial;

/**
 * A record that does not become rows. The message says where and why, in terms of columns and
 * types, and never shows the payload.
 */
public final class ConversionException extends Exception {

    /** Code of records that are not JSON. */
    static final String PARSE = "DataFormatConversion.ParseException";

    /** Code of records that do not go with the table's columns. */
    static final String MALFORMED = "DataFormatConversion.MalformedData";

    @Serial private static final long serialVersionUID = 1L;

    private final String code;
    private final String column;
    private final String problem;

    private ConversionException(String code, String column, String problem) {
        // Bad data is no surprise, and a trace of every bad record costs more than the record.
        super(null, null, false, false);
        this.code = code;
        this.column = column;
        this.problem = problem;
    }

    static ConversionException notJson(JsonProcessingException cause) {
        JsonLocation location = cause.getLocation();
        return new ConversionException(
                PARSE,
                "",
                cause instanceof JsonEOFException
                        ? "it ends within a value"
                        : location == null
                                ? "a name, text or number is too long"
                                : "it is not JSON at byte " + location.getByteOffset());
    }

    static ConversionException empty() {
        return new ConversionException(PARSE, "", "it holds no JSON object");
    }

    /** What the parser stands on is not what belongs there. */
    static ConversionException mismatch(JsonParser json, String wanted) {
        return new ConversionException(
                MALFORMED, "", wanted + " belongs here, not " + shown(json.currentToken()));
    }

    static ConversionException key() {
        return new ConversionException(
                MALFORMED, "[]", "a key of this object is not of the type of the map's keys");
    }

    private static String shown(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "this text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "this number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "nothing";
        };
    }

    /** The same problem, seen from the struct around it. */
    ConversionException within(String outer) {
        boolean isElement = column.startsWith("[");
        return new ConversionException(
                code,
                column.isEmpty() || isElement ? outer + column : outer + "." + column,
                problem);
    }

    @Override
    public String getMessage() {
        String where = column.isEmpty() ? "" : "Column " + column + ": ";
        return (code.equals(PARSE)
                        ? "Encountered malformed JSON. "
                        : "Data does not match the schema. ")
                + where
                + problem;
    }

    /** Firehose's code for it. */
    public String code() {
        return code;
    }
}
